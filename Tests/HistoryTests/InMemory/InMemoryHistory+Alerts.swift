import Foundation
import History

extension InMemoryHistory: AlertRecords {
  func told(to channel: String) -> [ToldTrouble] {
    troubles.filter { $0.channel == channel }.sorted { ($0.date, $0.key) < ($1.date, $1.key) }
  }

  func tell(_ tellings: [Telling]) {
    for telling in tellings where isNews(telling.step) {
      guard let notice = telling.notice, !notices.contains(where: { $0.notice.id == notice.id })
      else { continue }
      notices.append(HeldNotice(notice: notice))
    }
  }

  private func isNews(_ step: Telling.Step) -> Bool {
    switch step {
    case .begin(let told):
      guard place(of: told) == nil else { return false }
      troubles.append(told)
    case .change(let told, let former):
      guard let place = place(of: former), troubles[place].incident == former.incident,
        troubles[place].rank == former.rank
      else { return false }
      troubles[place] = ToldTrouble(
        channel: told.channel,
        key: told.key,
        incident: told.incident,
        account: told.account,
        rank: told.rank,
        body: told.body,
        date: troubles[place].date
      )
    case .end(let told):
      guard let place = place(of: told), troubles[place].incident == told.incident else {
        return false
      }
      troubles.remove(at: place)
    case .remark: break
    }
    return true
  }

  private func place(of told: ToldTrouble) -> Int? {
    troubles.firstIndex { $0.channel == told.channel && $0.key == told.key }
  }

  func takeNotice(
    of channel: String,
    for holder: String,
    at now: Date,
    until: Date
  ) -> Notice? {
    let waiting = notices.indices.filter {
      notices[$0].notice.channel == channel && notices[$0].finished == nil
    }
    guard let oldest = waiting.min(by: { notices[$0].notice.date < notices[$1].notice.date })
    else { return nil }
    let held = notices[oldest]
    guard held.notice.due <= now,
      held.holder == nil || held.holder == holder || held.until <= now
    else { return nil }
    notices[oldest].holder = holder
    notices[oldest].until = until
    return held.notice
  }

  func waitingNotices(of channel: String, limit: Int) -> [Notice] {
    let waiting = notices.filter { $0.notice.channel == channel && $0.finished == nil }
    return Array(waiting.map(\.notice).sorted { $0.date < $1.date }.prefix(limit))
  }

  func finish(
    _ notice: Notice,
    by holder: String,
    as outcome: Notice.Outcome,
    at now: Date
  ) -> Bool {
    guard let place = place(of: notice, heldBy: holder) else { return false }
    notices[place].notice = notice
    notices[place].finished = FinishedNotice(notice, outcome, date: now)
    return true
  }

  func postpone(_ notice: Notice, by holder: String) -> Bool {
    guard let place = place(of: notice, heldBy: holder) else { return false }
    notices[place] = HeldNotice(notice: notice)
    return true
  }

  private func place(of notice: Notice, heldBy holder: String) -> Int? {
    notices.firstIndex {
      $0.notice.id == notice.id && $0.holder == holder && $0.finished == nil
    }
  }

  func note(_ failure: String?, of channel: String, at now: Date) {
    var delivery = deliveries[channel] ?? ChannelDelivery()
    delivery.failure = failure
    if failure == nil { delivery.lastSent = now }
    deliveries[channel] = delivery
  }

  func delivery(to channel: String) -> ChannelDelivery {
    let all = notices.filter { $0.notice.channel == channel }
    let finished = all.compactMap(\.finished)
    return ChannelDelivery(
      waiting: all.count - finished.count,
      dead: finished.count { $0.outcome == .givenUp },
      lastSent: deliveries[channel]?.lastSent,
      failure: deliveries[channel]?.failure
    )
  }

  func finishedNotices(limit: Int) -> [FinishedNotice] {
    let finished = notices.compactMap(\.finished).reversed().sorted { $0.date > $1.date }
    return Array(finished.prefix(limit))
  }
}
