import Canvas
import Screens

/// The page around a picture of the wall.
///
/// A script of a few lines renews the picture, and says so if there is no answer any more. Without scripts
/// the browser loads the page again. Both are allowed by a number that is new for each response, so nothing
/// that a stranger's name smuggles in would run.
struct WallDocument {
  private let picture: WallPicture
  private let size: ScreenSize
  private let seconds: Int
  private let nonce: String

  init(_ picture: WallPicture, of size: ScreenSize, renewedAfter seconds: Int) {
    self.picture = picture
    self.size = size
    self.seconds = seconds
    var generator = SystemRandomNumberGenerator()
    nonce = (0..<2).map { _ in String(generator.next(), radix: 36) }.joined()
  }

  var response: HTTPResponse {
    let policy =
      "default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; "
      + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    return HTTPResponse(
      type: "text/html; charset=utf-8",
      headers: [("Content-Security-Policy", policy)],
      ResponseBytes(text)
    )
  }

  private var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>\(HtmlText.escaped(picture.title.sanitized))</title>
    <noscript><meta http-equiv="refresh" content="\(seconds)"></noscript>
    <style nonce="\(nonce)">
    \(layout)
    \(picture.sheet)</style>
    </head>
    <body>
    <main><pre>\(picture.rows.joined(separator: "\n"))</pre></main>
    <p id="silence" role="status" hidden></p>
    <script nonce="\(nonce)">
    \(script)
    </script>
    </body>
    </html>

    """
  }

  /// As large as the window allows: a character is about 0.602 as wide as its font is high.
  private var layout: String {
    let width = "calc(100vw / \(size.width) / .6025)"
    let height = "calc(100vh / \(size.height) / \(Self.lineHeight))"
    return """
      html,body{height:100%;overflow:hidden}
      main{height:100%;display:flex;justify-content:center;align-items:center}
      pre{margin:0;width:\(size.width)ch;font:min(\(width), \(height))/\(Self.lineHeight) \
      'DejaVu Sans Mono',ui-monospace,Menlo,Consolas,monospace;direction:ltr;\
      unicode-bidi:bidi-override;font-variant-ligatures:none;line-height:round(down,\(Self.lineHeight)em,1px)}
      pre span{display:inline-block;vertical-align:top;unicode-bidi:bidi-override}
      #silence{position:fixed;inset:auto 0 0;margin:0;padding:.4em;text-align:center;\
      font:bold 3vmin sans-serif;color:#fff;background:#b00020}
      """
  }

  private static let lineHeight = "1.2"

  private var script: String {
    """
    const silence = document.getElementById("silence");
    let last = new Date();
    async function renew() {
      try {
        const answer = await fetch(location.href, {cache: "no-store"});
        if (!answer.ok) throw new Error(answer.status);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.querySelector("style").textContent = page.querySelector("style").textContent;
        document.querySelector("main").replaceWith(page.querySelector("main"));
        document.title = page.title;
        last = new Date();
        silence.hidden = true;
      } catch (error) {
        silence.textContent = "No answer from wabatop since " + last.toLocaleTimeString();
        silence.hidden = false;
      }
    }
    setInterval(renew, \(seconds * 1000));
    """
  }
}
