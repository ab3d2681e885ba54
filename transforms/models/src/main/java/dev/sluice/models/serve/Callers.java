package dev.sluice.models.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who may ask a server of this machine: programs of this machine, and no page that a browser shows.
 * A page could ask it through the browser, and read the replies once its own name leads to this
 * machine (DNS rebinding).
 */
final class Callers {
  /** This machine's names on its own address; a tunnel may have changed the port. */
  private static final Pattern LOCAL =
      Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1\\])(:\\d{1,5})?");

  private Callers() {}

  /**
   * Checks a request.
   *
   * @throws RefusedException if it is for another name, or comes from a page of another place
   */
  static void check(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    List<String> hosts = headers.getOrDefault("Host", List.of());
    String host = hosts.size() == 1 ? hosts.get(0).strip().toLowerCase(Locale.ROOT) : "";
    if (!LOCAL.matcher(host).matches()) {
      throw new RefusedException(
          403,
          "The header Host is %s, but this server answers as 127.0.0.1 or localhost alone; ask it at http://127.0.0.1:%d/v1."
              .formatted(
                  hosts.isEmpty() ? "absent" : "'" + String.join("', '", hosts) + "'",
                  exchange.getLocalAddress().getPort()));
    }
    for (String origin : headers.getOrDefault("Origin", List.of())) {
      if (!origin.strip().toLowerCase(Locale.ROOT).equals("http://" + host)) {
        throw new RefusedException(
            403,
            "The header Origin is '%s': pages of other places may not ask this server. Ask it from a program."
                .formatted(origin));
      }
    }
  }
}
