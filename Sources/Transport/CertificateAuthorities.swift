import CCurl

#if canImport(Glibc)
import Glibc
#endif

/// The system's file with all trusted certificate authorities.
enum CertificateAuthorities {
  /// Nil if there is none; libcurl then uses its own default.
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
