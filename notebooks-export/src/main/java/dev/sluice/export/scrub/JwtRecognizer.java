package dev.sluice.export.scrub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Signed tokens (RFC 7519): three parts in base64url, of which the first names an algorithm. */
final class JwtRecognizer implements Recognizer {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The beginning of an object in JSON. */
  private static final String HEADER = "eyJ";

  private static final int MAX_HEADER = 4096;
  private static final int MIN_SIGNATURE = 16;

  @Override
  public String triggers() {
    return "e";
  }

  @Override
  public @Nullable Match find(Scan scan, int at) {
    char before = scan.before(at);
    if (isPart(before) || before == '.' || !scan.text().startsWith(HEADER, at)) {
      return null;
    }
    int header = end(scan, at);
    int payload = scan.at(header) == '.' ? end(scan, header + 1) : header;
    int signature = scan.at(payload) == '.' ? end(scan, payload + 1) : payload;
    return payload > header + 1
            && signature - payload > MIN_SIGNATURE
            && header - at <= MAX_HEADER
            && namesAlgorithm(scan.text().substring(at, header))
        ? new Match(at, signature, Kind.SECRET)
        : null;
  }

  private static int end(Scan scan, int begin) {
    int end = begin;
    while (isPart(scan.at(end))) {
      end++;
    }
    return end;
  }

  private static boolean isPart(char c) {
    return Scan.isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '_';
  }

  private static boolean namesAlgorithm(String header) {
    try {
      JsonNode json = JSON.readTree(Base64.getUrlDecoder().decode(header));
      return json != null && json.path("alg").isTextual();
    } catch (IOException | IllegalArgumentException e) {
      return false; // Not base64, or not JSON.
    }
  }
}
