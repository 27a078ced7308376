/// The descriptors of a running server, besides its connections.
struct ServerResources: Sendable {
  let listener: Listener
  let poller: Poller
  let stop: StopSignal

  init(port: Int) throws(SystemError) {
    listener = try Listener(port: port)
    do throws(SystemError) {
      poller = try Poller()
    } catch {
      listener.close()
      throw error
    }
    do throws(SystemError) {
      stop = try StopSignal()
    } catch {
      poller.close()
      listener.close()
      throw error
    }
    do throws(SystemError) {
      try poller.add(stop.descriptor, for: .reading)
      try poller.add(listener.descriptor, for: .reading)
    } catch {
      close()
      throw error
    }
  }

  func close() {
    listener.close()
    stop.close()
    poller.close()
  }
}
