package dev.sluice.export.scrub;

import org.jspecify.annotations.Nullable;

/** Private keys as PEM (RFC 7468), OpenSSH and PGP write them; line feeds may be escaped. */
final class PrivateKeyRecognizer implements Recognizer {
  private static final String DASHES = "-----";
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final int MAX_LABEL = 40;

  /** Characters of a key without an end, before it is taken for one. */
  private static final int MIN_BODY = 40;

  @Override
  public String triggers() {
    return "-";
  }

  @Override
  public @Nullable Match find(Scan scan, int at) {
    String text = scan.text();
    if (scan.before(at) == '-' || !text.startsWith(BEGIN, at)) {
      return null;
    }
    int body = labelEnd(text, at + BEGIN.length());
    if (body < 0 || !text.substring(at, body).contains("PRIVATE KEY")) {
      return null;
    }
    int end = body;
    while (isBody(scan.at(end)) && !text.startsWith(DASHES, end)) {
      end++;
    }
    if (text.startsWith(END, end)) {
      int whole = labelEnd(text, end + END.length());
      if (whole > 0) {
        return new Match(at, whole, Kind.SECRET);
      }
    }
    // What was cut off: as far as it has no blank.
    end = body;
    while (isBody(scan.at(end)) && !Scan.isBlank(scan.at(end)) && scan.at(end) != '-') {
      end++;
    }
    return end - body >= MIN_BODY ? new Match(at, end, Kind.SECRET) : null;
  }

  /** The place after the dashes that follow a label; -1 if none follow. */
  private static int labelEnd(String text, int label) {
    int end = label;
    while (end < text.length() && end - label < MAX_LABEL && isLabel(text.charAt(end))) {
      end++;
    }
    return text.startsWith(DASHES, end) ? end + DASHES.length() : -1;
  }

  private static boolean isLabel(char c) {
    return (c >= 'A' && c <= 'Z') || c == ' ';
  }

  /** Base 64, headers such as {@code DEK-Info: AES-128-CBC,12}, and ends of lines. */
  private static boolean isBody(char c) {
    return c != Scan.NONE
        && c < 128
        && (Character.isLetterOrDigit(c) || "+/=\r\n\t \\:,-.()".indexOf(c) >= 0);
  }
}
