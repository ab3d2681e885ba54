package dev.sluice.pipelines.schedule.alerts;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** An address of which all but the scheme and host may be secret. */
final class Address {
  private final URI uri;

  private Address(URI uri) {
    this.uri = uri;
  }

  /**
   * Reads an address.
   *
   * @param what whose address, as the beginning of a sentence
   * @throws IllegalArgumentException if it is none; neither message nor cause holds any of it
   */
  static Address parse(String what, String text, Set<String> schemes, String example) {
    try {
      URI uri = new URI(text.strip());
      if (uri.getHost() != null && schemes.contains(uri.getScheme())) {
        return new Address(uri);
      }
    } catch (URISyntaxException ignored) {
      // Its message repeats the address.
    }
    throw new IllegalArgumentException(
        "%s must be an address such as %s; what it is instead is not shown, since it may hold a secret."
            .formatted(what, example));
  }

  URI uri() {
    return uri;
  }

  String user() {
    return part(0);
  }

  String password() {
    return part(1);
  }

  /** The user (0) or password (1); empty if there is none. */
  private String part(int index) {
    String info = uri.getRawUserInfo();
    if (info == null) {
      return "";
    }
    String[] parts = info.split(":", 2);
    return parts.length > index
        ? URLDecoder.decode(parts[index].replace("+", "%2B"), StandardCharsets.UTF_8)
        : "";
  }

  /** Scheme and host. */
  @Override
  public String toString() {
    return uri.getScheme() + "://" + uri.getHost();
  }
}
