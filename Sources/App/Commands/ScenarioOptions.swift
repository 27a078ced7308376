import ArgumentParser
import Configuration
import Monitor
import Simulator

/// The scenario for the simulator.
struct ScenarioOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Numbers to simulate.", valueName: "count"))
  var numbers = 60

  @Option(help: ArgumentHelp("The same seed gives the same simulation.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "The scenario: a file, or \(Scenario.builtInNames.joined(separator: ", ")).",
      valueName: "file"
    )
  )
  var scenario: String?

  func validate() throws {
    guard (1...100_000).contains(numbers) else {
      throw ValidationError("--numbers takes 1 to 100000, not \(numbers).")
    }
  }

  /// The scenario with that name or file; by default the demo.
  func read() throws -> Scenario {
    guard let path = scenario else { return .demo(numbers: numbers, seed: seed) }
    if let scenario = Scenario.builtIn(named: path, numbers: numbers, seed: seed) {
      return scenario
    }
    do {
      let contents = try FileContents.read(path, limit: 16 << 20)
      guard let text = contents.text else { throw CommandFailure("\(path): is not UTF-8 text") }
      return try Scenario(yaml: text)
    } catch let error as FileContents.Failure {
      throw CommandFailure("\(path): \(error.text)")
    } catch let error as ScenarioError {
      throw CommandFailure("\(path):\(error.line):\(error.column): \(error.message)")
    }
  }
}
