package dev.sluice.export.scrub;

import java.util.List;
import java.util.zip.CRC32;

/**
 * What the keys of a service look like.
 *
 * @param prefix how they begin
 * @param extra characters besides letters and digits that follow
 * @param shortest fewest characters after the prefix
 * @param longest most of them
 * @param check what else holds
 */
record TokenShape(String prefix, String extra, int shortest, int longest, Check check) {

  /** What tells a key from a word that begins alike. */
  enum Check {
    /** Nothing else. */
    NONE,
    /** Capitals and the digits 2 to 7 (base 32). */
    BASE32,
    /** Digits and the letters a to f. */
    HEX,
    /** Letters and digits, mixed as no words are. */
    MIXED,
    /**
     * The last six of 36 characters are a checksum of the others; longer ones are taken as such.
     */
    CRC
  }

  /** As the services document them, or as their own scanners look for them. */
  static final List<TokenShape> ALL =
      List.of(
          new TokenShape("ghp_", "", 36, 255, Check.CRC),
          new TokenShape("gho_", "", 36, 255, Check.CRC),
          new TokenShape("ghu_", "", 36, 255, Check.CRC),
          new TokenShape("ghs_", "", 36, 255, Check.CRC),
          new TokenShape("ghr_", "", 36, 255, Check.CRC),
          new TokenShape("npm_", "", 36, 36, Check.CRC),
          new TokenShape("github_pat_", "_", 82, 82, Check.MIXED),
          new TokenShape("glpat-", "_-.", 20, 300, Check.MIXED),
          new TokenShape("AKIA", "", 16, 16, Check.BASE32),
          new TokenShape("ASIA", "", 16, 16, Check.BASE32),
          new TokenShape("AIza", "_-", 35, 35, Check.MIXED),
          new TokenShape("GOCSPX-", "_-", 28, 28, Check.MIXED),
          new TokenShape("hf_", "", 34, 34, Check.NONE),
          new TokenShape("sk-", "_-", 32, 300, Check.MIXED),
          new TokenShape("gsk_", "", 52, 52, Check.MIXED),
          new TokenShape("xai-", "", 80, 80, Check.MIXED),
          new TokenShape("r8_", "", 37, 37, Check.MIXED),
          new TokenShape("sk_live_", "", 24, 255, Check.MIXED),
          new TokenShape("rk_live_", "", 24, 255, Check.MIXED),
          new TokenShape("sk_test_", "", 24, 255, Check.MIXED),
          new TokenShape("rk_test_", "", 24, 255, Check.MIXED),
          new TokenShape("xoxa-", "-", 20, 255, Check.MIXED),
          new TokenShape("xoxb-", "-", 20, 255, Check.MIXED),
          new TokenShape("xoxe-", "-", 20, 255, Check.MIXED),
          new TokenShape("xoxo-", "-", 20, 255, Check.MIXED),
          new TokenShape("xoxp-", "-", 20, 255, Check.MIXED),
          new TokenShape("xoxr-", "-", 20, 255, Check.MIXED),
          new TokenShape("xoxs-", "-", 20, 255, Check.MIXED),
          new TokenShape("xapp-", "-", 40, 255, Check.MIXED),
          new TokenShape("SG.", "_-.", 66, 66, Check.MIXED),
          new TokenShape("pypi-AgE", "_-", 50, 300, Check.MIXED),
          new TokenShape("dop_v1_", "", 64, 64, Check.HEX),
          new TokenShape("dapi", "", 32, 32, Check.HEX),
          new TokenShape("shpat_", "", 32, 32, Check.HEX));

  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private static final int CHECKED = 36;
  private static final int CHECKSUM = 6;

  /** Whether a character can follow the prefix. */
  boolean has(char c) {
    return Scan.isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c != Scan.NONE && extra.indexOf(c) >= 0);
  }

  /** Whether what follows the prefix is that of a key. */
  boolean accepts(String rest) {
    if (rest.length() < shortest || rest.length() > longest) {
      return false;
    }
    return switch (check) {
      case NONE -> true;
      case BASE32 -> rest.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'));
      case HEX -> rest.chars().allMatch(c -> Scan.isDigit((char) c) || (c >= 'a' && c <= 'f'));
      case MIXED -> mixed(rest);
      case CRC -> rest.length() > CHECKED || checked(rest);
    };
  }

  /** Letters and more digits than a name has; not one character over and over. */
  private static boolean mixed(String rest) {
    long digits = rest.chars().filter(c -> Scan.isDigit((char) c)).count();
    long letters = rest.chars().filter(Character::isLetter).count();
    return digits >= 3 && letters >= 3 && rest.chars().distinct().count() >= 8;
  }

  /** GitHub, Behind GitHub's new authentication token formats, 2021. */
  private static boolean checked(String rest) {
    CRC32 crc = new CRC32();
    for (int i = 0; i < rest.length() - CHECKSUM; i++) {
      crc.update(rest.charAt(i));
    }
    long left = crc.getValue();
    for (int i = rest.length() - 1; i >= rest.length() - CHECKSUM; i--) {
      if (rest.charAt(i) != BASE62.charAt((int) (left % BASE62.length()))) {
        return false;
      }
      left /= BASE62.length();
    }
    return left == 0;
  }
}
