import Health
import Testing

struct SecretsTests {
  @Test(arguments: [
    "access_token", "accessToken", "api_key", "apiKey", "x-api-key", "client_secret", "Password",
    "Authorization", "pin", "PIN", "two_step_pin", "certificate", "bearerToken", "set-cookie",
    "verification_code", "webhook_verify_token",
  ])
  func `a name tells that its value is secret`(name: String) {
    #expect(Secrets.isSecret(name: name))
  }

  @Test(arguments: [
    "id", "status", "quality_rating", "is_pin_enabled", "pinned", "code_verification_status",
    "error_code", "webhook_configuration",
  ])
  func `other names don't`(name: String) {
    #expect(!Secrets.isSecret(name: name))
  }

  @Test(arguments: [
    ("Bearer abcdefghijklmnopqrstuvwxyz", "Bearer •••"),
    ("use a bearer token", "use a bearer token"),
    ("Authorization: Basic dXNlcjprZXkxMjM0", "Authorization: Basic •••"),
    ("GET /x?access_token=abc&y=1", "GET /x?access_token=•••&y=1"),
    ("appsecret_proof=00ff", "appsecret_proof=•••"),
    ("api_key%3Dabc", "api_key%3D•••"),
    (#"{"access_token":"abc", "id":"7"}"#, #"{"access_token":"•••", "id":"7"}"#),
    (#"{\"secret\": \"abc\"}"#, #"{\"secret\": \"•••\"}"#),
    (#""token" => "abc""#, #""token" => "•••""#),
    ("bad EAAGm0PX4ZCpsBAKZCZB", "bad •••"),
    ("https://u:PW@hooks.example/in", "https://•••@hooks.example/in"),
    (#"https:\/\/u:PW@hooks.example"#, #"https:\/\/•••@hooks.example"#),
    ("https://h.example/in?key=abc&sig=00ff&x=1", "https://h.example/in?key=•••&sig=•••&x=1"),
    (
      "ask ops@example.com at https://h.example/?page=2",
      "ask ops@example.com at https://h.example/?page=2"
    ),
    (
      "Error validating access token: Session has expired",
      "Error validating access token: Session has expired"
    ),
    ("Invalid API key", "Invalid API key"),
  ])
  func `a secret in a text is blotted out, and prose stays`(text: String, shown: String) {
    #expect(Secrets.blotted(text) == shown)
  }
}
