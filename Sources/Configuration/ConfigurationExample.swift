/// The commented example that `wabatop config init` writes: every provider once.
package enum ConfigurationExample {
  package static let text = """
    # wabatop's configuration. `wabatop config check` lists every mistake with line and column.
    # Secrets: a value (usually ${VARIABLE}), or the same key with _file (a path), with _command
    # (a program and its arguments, run without a shell, that prints the secret), or with
    # _credential (the name of one that systemd passes with LoadCredential=).

    refresh: 60s                  # how old a reading may get before the number is polled again
    theme: auto                   # a theme's name; auto picks dark or light
    # clock: off                  # the clock in the header
    # escape_delay: 25ms          # raise it if a slow connection breaks arrow keys
    # down_confirm: 2             # so many polls in a row until a bad number is an event
    # down_for: 45s               # or so long, whichever comes first
    # up_confirm: 2               # so many polls in a row until it has recovered
    # trust_blocked: false        # blocked and critical numbers need a second poll too
    # flapping: { over: 30%, under: 20%, polls: 20 }  # by the share of changes among so many polls
    # bell: on                    # ring for blocked numbers that are new; without it, on the wall
    # notify: on                  # show a notification of the terminal for them
    # title: off                  # leave the terminal's title alone
    # labels:                     # your own names for WABAs, businesses and apps, by id
    #   "102290129340398": Nordwind
    # filters:                    # filters by name: /=uk, :filter =uk, --filter =uk
    #   uk: number=~^\\+44 !@stale
    # serve:                      # what `wabatop serve` answers over HTTP; see / there
    #   listen: 127.0.0.1:9464    # or unix:/run/wabatop/http.sock
    #   token_file: ~/.secrets/wabatop-token  # needed where other machines reach the address
    #   metrics_per: waba         # or account, number, template

    accounts:
      - name: acme                # unique; shown in the grid
        provider: kapso
        api_key: ${KAPSO_API_KEY}
        numbers: all              # ask the provider for them; or a list of ids

      # For every account, optional:
      #   refresh: 5m             # instead of the one at the top
      #   timeout: 15s            # for one request
      #   requests_per_minute: 60 # the request budget; or unlimited
      #   concurrency: 4          # requests at the same time
      #   templates: false        # do not watch message templates
      #   calling: expected       # a calling fault is a warning; ignored otherwise
      #   base_url: https://…     # the address before the provider's own paths
      #   ca_file: ~/ca.pem       # certificate authorities instead of the system's
      #   proxy: http://proxy.example.com:3128  # instead of https_proxy; none for no proxy
      #   http2: true             # several requests share one connection

      # - name: shops
      #   provider: 360dialog     # one key per number
      #   channels:
      #     - { label: Berlin, api_key: "${D360_BERLIN}" }
      #     - { label: Paris, api_key_file: ~/.secrets/d360-paris }

      # - name: india
      #   provider: kaleyra
      #   pod: IN                 # IN, SG, EU or NA
      #   api_version: v2         # v1 or v2
      #   sid: HXAP16XXXXXX97IN
      #   api_key_command: [pass, show, kaleyra/india]
      #   numbers: [ "914XXXXXX139", { number: "9180XXXXXX79", label: Support } ]

      # - name: direct
      #   provider: meta
      #   access_token: ${META_TOKEN}
      #   # app_secret: ${META_APP_SECRET}   # only if the app requires a proof with each call
      #   graph_version: v24.0
      #   wabas: [ "102290129340398" ]      # and/or numbers: [ids] and/or businesses: [ids]

      # - name: partner
      #   provider: graph         # any endpoint that answers like Graph
      #   base_url: https://graph.example.com/v24.0
      #   header: { name: Authorization, value: "Bearer ${PARTNER_TOKEN}" }
      #   path: "/{node}?fields=health_status,display_phone_number,verified_name"
      #   numbers: [ "106540352242922" ]

    # alerts:                     # who is told of incidents: try one with `wabatop alerts test ops`
    #   - name: ops
    #     when: status:blocked    # a filter; without it, every incident
    #     alertmanager: { urls: [ "http://am1:9093", "http://am2:9093" ] }
    #   - name: hook
    #     webhook: { url: "https://hooks.example.com/wabatop", secret: "${HOOK_SECRET}" }
    #   - name: pager
    #     on_event: [ /usr/local/bin/page, --json ]  # a program that reads JSON, without a shell
    #     timeout: 10s

    """
}
