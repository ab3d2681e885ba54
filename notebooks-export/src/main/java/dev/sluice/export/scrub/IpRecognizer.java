package dev.sluice.export.scrub;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Public addresses of the internet protocol, version 4. Numbers of versions and chapters look
 * alike: they are small, or called so.
 */
final class IpRecognizer implements Recognizer {
  private static final int NEAR = 24;

  /** Parts of the numbers of versions are hardly ever larger. */
  private static final int MAX_OF_VERSION = 31;

  private static final Set<String> VERSIONS =
      Set.of(
          ("version versions ver v release releases rev revision build firmware driver section"
                  + " sections sec chapter chapters clause paragraph appendix item step theorem lemma"
                  + " equation figure table rule oid kapitel abschnitt")
              .split(" ", -1));

  private static final Set<String> ADDRESSES =
      Set.of(
          "ip", "ips", "ipv", "address", "addr", "host", "server", "client", "ping", "http",
          "https");

  @Override
  public String triggers() {
    return "123456789";
  }

  @Override
  public @Nullable Match find(Scan scan, int at) {
    char before = scan.before(at);
    if (Scan.isWord(before) || ".,-+*^\\$~<>".indexOf(before) >= 0 || compares(scan, at)) {
      return null;
    }
    int[] octets = new int[4];
    int place = at;
    for (int i = 0; i < 4; i++) {
      if (i > 0 && scan.at(place++) != '.') {
        return null;
      }
      int first = place;
      while (Scan.isDigit(scan.at(place)) && place - first < 4) {
        octets[i] = 10 * octets[i] + scan.at(place++) - '0';
      }
      boolean padded = place - first > 1 && scan.at(first) == '0';
      if (place == first || octets[i] > 255 || padded) {
        return null;
      }
    }
    char after = scan.at(place);
    if (Maths.goesOn(scan, place)
        || (after == '/' && Scan.isDigit(scan.at(place + 1)))
        || (after == '-' && Scan.isWord(scan.at(place + 1)))
        || !isPublic(octets)
        || (Scan.isBlank(before) && Maths.before(scan, at))
        || (after != '/' && Maths.after(scan, place))
        || scan.says(at, NEAR, VERSIONS)) {
      return null;
    }
    boolean large = false;
    for (int octet : octets) {
      large |= octet > MAX_OF_VERSION;
    }
    return large || scan.says(at, NEAR, ADDRESSES) ? new Match(at, place, Kind.IP) : null;
  }

  /** Whether a comparison with a version comes before, such as {@code >=}. */
  private static boolean compares(Scan scan, int at) {
    return scan.before(at) == '=' && "=<>~!".indexOf(scan.at(at - 2)) >= 0;
  }

  /** Whether an address is reached from everywhere (RFC 6890). */
  private static boolean isPublic(int[] octets) {
    int a = octets[0];
    int b = octets[1];
    int c = octets[2];
    boolean reserved =
        a == 0
            || a == 10
            || a == 127
            || a >= 224
            || (a == 100 && b >= 64 && b <= 127)
            || (a == 169 && b == 254)
            || (a == 172 && b >= 16 && b <= 31)
            || (a == 192 && (b == 168 || (b == 0 && (c == 0 || c == 2)) || (b == 88 && c == 99)))
            || (a == 198 && (b == 18 || b == 19 || (b == 51 && c == 100)))
            || (a == 203 && b == 0 && c == 113);
    return !reserved;
  }
}
