package dev.sluice.pipelines.ledger;

import java.time.Instant;

/**
 * A daemon that serves a workspace's schedules.
 *
 * @param id tells it apart from all others, earlier ones included
 * @param host where it runs
 * @param pid its process there
 * @param address where it answers, such as {@code http://127.0.0.1:8090}
 * @param heartbeat when it last said that it lives
 */
public record LedgerDaemon(String id, String host, long pid, String address, Instant heartbeat) {

  LedgerDaemon at(Instant now) {
    return new LedgerDaemon(id, host, pid, address, now);
  }
}
