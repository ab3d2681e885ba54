package dev.sluice.runners.cli;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** A reply that never ends. */
final class Dribble {
  private static final long MILLIS = 50;

  private Dribble() {}

  /** Sends a blank now and then until the client has enough of it. */
  static void forever(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    try {
      while (true) {
        out.write(' ');
        out.flush();
        TimeUnit.MILLISECONDS.sleep(MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
