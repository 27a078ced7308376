import CCurl

#if canImport(Glibc)
import Glibc
#endif

/// Where the system keeps the certificate authorities that it trusts, all in one file.
enum CertificateAuthorities {
  /// Nil where there is none to read; libcurl then looks by itself.
  static var systemFile: String? {
    let builtIn = ccurl_default_ca_file().map { String(cString: $0) }
    return ([builtIn].compactMap(\.self) + usualFiles).first(where: isReadable)
  }

  static func isReadable(_ file: String) -> Bool { access(file, R_OK) == 0 }

  private static let usualFiles = [
    "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Arch, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  // Fedora, Red Hat
    "/etc/ssl/ca-bundle.pem",  // openSUSE
    "/etc/ssl/cert.pem",  // Alpine
  ]
}
