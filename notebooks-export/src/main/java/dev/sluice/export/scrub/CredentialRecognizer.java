package dev.sluice.export.scrub;

import org.jspecify.annotations.Nullable;

/**
 * Passwords within an address, {@code scheme://user:password@host}, and secret keys of AWS behind
 * their name.
 */
final class CredentialRecognizer implements Recognizer {
  private static final int MAX_USER = 128;
  private static final int MAX_PASSWORD = 256;
  private static final String AWS = "aws_secret_access_key";
  private static final int AWS_LENGTH = 40;
  private static final int MAX_BETWEEN = 6;

  @Override
  public String triggers() {
    return ":aA";
  }

  @Override
  public @Nullable Match find(Scan scan, int at) {
    return scan.at(at) == ':' ? password(scan, at) : secretKey(scan, at);
  }

  private static @Nullable Match password(Scan scan, int at) {
    if (!scan.text().startsWith("://", at) || !Character.isLetterOrDigit(scan.before(at))) {
      return null;
    }
    int user = at + 3;
    int colon = user;
    while (isUserInfo(scan.at(colon)) && colon - user <= MAX_USER) {
      colon++;
    }
    int password = colon + 1;
    int end = password;
    while ((isUserInfo(scan.at(end)) || scan.at(end) == ':') && end - password <= MAX_PASSWORD) {
      end++;
    }
    return scan.at(colon) == ':' && end > password && scan.at(end) == '@'
        ? new Match(password, end, Kind.SECRET)
        : null;
  }

  /** Characters of RFC 3986 without the colon. */
  private static boolean isUserInfo(char c) {
    return c != Scan.NONE
        && c < 128
        && (Character.isLetterOrDigit(c) || "-._~%!$&'()*+,;=".indexOf(c) >= 0);
  }

  private static @Nullable Match secretKey(Scan scan, int at) {
    String text = scan.text();
    if (Scan.isWord(scan.before(at)) || !text.regionMatches(true, at, AWS, 0, AWS.length())) {
      return null;
    }
    int first = at + AWS.length();
    int between = first;
    while ("=:\"' >\t".indexOf(scan.at(between)) >= 0 && between - first < MAX_BETWEEN) {
      between++;
    }
    int end = between;
    while (isKey(scan.at(end)) && end - between <= AWS_LENGTH) {
      end++;
    }
    return between > first && end - between == AWS_LENGTH
        ? new Match(between, end, Kind.SECRET)
        : null;
  }

  private static boolean isKey(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '/' || c == '+');
  }
}
