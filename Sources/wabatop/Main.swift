import App
import Glibc

@main
struct Main {
  static func main() async { exit(await Wabatop.run()) }
}
