import Canvas
import Configuration
import Screens
import Terminal

// Lines about characters, keys and themes.
extension DoctorReport.Findings {
  var textLines: [Line] { [localeLine, escapeLine, themeLine] }

  private var localeLine: Line {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { name in environment.value(name).map { "\(name)=\($0)" } }
      .first
    let origin = named ?? "no locale is set; C.UTF-8 is used"
    if terminal.ascii {
      return Line(.ok, "locale", "only ASCII is drawn, because of --ascii")
    }
    if terminal.isBeforeUnicode && canDraw {
      return Line(.ok, "locale", "this terminal does not know Unicode: only ASCII is drawn")
    }
    guard facts.isUTF8 else {
      return Line(
        .warn,
        "locale",
        "\(facts.codeset) (\(origin)): only ASCII is drawn",
        advice: "export LC_ALL=C.UTF-8"
      )
    }
    return Line(.ok, "locale", "UTF-8 (\(origin))")
  }

  private var escapeLine: Line {
    if let delay = environment.value("ESCDELAY") {
      return Line(.ok, "Esc", "waits \(delay) ms for the rest of a key (ESCDELAY)")
    }
    let delay = (try? configuration.get())?.escapeDelay
    let text = ScalarForms.text(of: delay ?? .milliseconds(25))
    let isRemote = environment.value("SSH_CONNECTION") != nil && delay == nil
    return Line(
      .ok,
      "Esc",
      "waits \(text) for the rest of a key (\(delay == nil ? "the default" : "escape_delay"))",
      advice: isRemote ? "if arrow keys act like Esc over this line: escape_delay: 100ms" : nil
    )
  }

  private var themeLine: Line {
    let configured = (try? configuration.get())?.theme
    let name = themeOption ?? configured ?? "auto"
    let source = configured == nil ? "default" : "the configuration"
    let origin = themeOption == nil ? source : "--theme"
    do {
      let selection = try themes.choice(name, in: environment)
      if let mistake = selection.mistake { return Line(.warn, "theme", mistake) }
      if canDraw && facts.depth(for: terminal) == .mono {
        return Line(.ok, "theme", "mono, since there are no colours; \(name) otherwise (\(origin))")
      }
      let own = themes.ownNames.contains(name) ? ", your own in \(themes.directory.path)" : ""
      let shown = selection.choice.theme(on: facts.background).name
      let meaning = shown == name || !canDraw ? name : "\(name), which is \(shown) here"
      return Line(.ok, "theme", "\(meaning) (\(origin)\(own))")
    } catch let failure as CommandFailure {
      return Line(.fail, "theme", failure.text, advice: "wabatop themes lists them")
    } catch {
      return Line(.fail, "theme", "\(error)")
    }
  }
}
