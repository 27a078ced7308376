/// A certificate for `localhost` that signs itself, made for these tests and trusted by nobody else.
enum TestCertificate {
  static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBZzCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAXMRUwEwYDVQQDDAx3YWJhdG9w
    IHRlc3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBcxFTATBgNV
    BAMMDHdhYmF0b3AgdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMN73oeC
    F4Kzj1VJi+8VKbc0sXEIRJqvEjIVuooZ7zJ0amQmpgHMcGno2NDP7Lg4x2q9t/nX
    MCdwdwA/oEYWJ0GjSDBGMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAPBgNVHRMBAf8E
    BTADAQH/MB0GA1UdDgQWBBQecPwcy7na3VUdQt9tGF+GihWjujAKBggqhkjOPQQD
    AgNIADBFAiAvI8CX4Z8PrZHamyiXf9St/qTgjxMIkSBTUUeOxSSNdQIhALKsG6Ln
    Ax235nJac9UCm1UmMdHLtLmtP6rjDfLKXHne
    -----END CERTIFICATE-----
    """

  static let key = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgG8zTQYk/y+OrUURx
    ap57OYUofgJe7vcazZ7aGLMbUe+hRANCAATDe96HgheCs49VSYvvFSm3NLFxCESa
    rxIyFbqKGe8ydGpkJqYBzHBp6NjQz+y4OMdqvbf51zAncHcAP6BGFidB
    -----END PRIVATE KEY-----
    """
}
