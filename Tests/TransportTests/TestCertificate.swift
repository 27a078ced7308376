/// Certificates for `localhost` that sign themselves, made for these tests and trusted by nobody else.
struct TestCertificate {
  let certificate: String
  let key: String

  static let valid = TestCertificate(certificate: validCertificate, key: validKey)
  static let expired = TestCertificate(certificate: expiredCertificate, key: expiredKey)

  private static let validCertificate = """
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

  private static let validKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgG8zTQYk/y+OrUURx
    ap57OYUofgJe7vcazZ7aGLMbUe+hRANCAATDe96HgheCs49VSYvvFSm3NLFxCESa
    rxIyFbqKGe8ydGpkJqYBzHBp6NjQz+y4OMdqvbf51zAncHcAP6BGFidB
    -----END PRIVATE KEY-----
    """

  private static let expiredCertificate = """
    -----BEGIN CERTIFICATE-----
    MIIBSjCB8qADAgECAgECMAoGCCqGSM49BAMCMBoxGDAWBgNVBAMMD3dhYmF0b3Ag
    ZXhwaXJlZDAeFw0yMDAxMDEwMDAwMDBaFw0yMDAyMDEwMDAwMDBaMBoxGDAWBgNV
    BAMMD3dhYmF0b3AgZXhwaXJlZDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNn8
    8trMxQbBDFxUXvkYumP43FPcupCawPPgrqUqH2x4OA1pI97GmTHDdneTB0sWDyXN
    2uPNlcEMvAHn3ardPv2jKTAnMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAPBgNVHRMB
    Af8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIEcgNXa2Txo0qZK1bBqUwRYcdoNm
    HNHEz/YeoanSygNEAiA7pV73BV3XCI9rMFnC/JSjOKi0YVfn85VQlupIRoNkWg==
    -----END CERTIFICATE-----
    """

  private static let expiredKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBsQkBXy5pjvQDlij
    BGRbyBNsjWNirM5/V5CTESROkOChRANCAATZ/PLazMUGwQxcVF75GLpj+NxT3LqQ
    msDz4K6lKh9seDgNaSPexpkxw3Z3kwdLFg8lzdrjzZXBDLwB592q3T79
    -----END PRIVATE KEY-----
    """
}
