package dev.sluice.export.scrub;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** International bank account numbers, compact or in groups of four. */
final class IbanRecognizer implements Recognizer {
  private static final String LENGTHS =
      "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18"
          + " DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28"
          + " IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24"
          + " ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22"
          + " RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24"
          + " XK20 YE30";

  private static final Map<String, Integer> BY_COUNTRY = byCountry();

  private static Map<String, Integer> byCountry() {
    Map<String, Integer> lengths = new HashMap<>();
    for (String each : LENGTHS.split(" ", -1)) {
      lengths.put(each.substring(0, 2), Integer.parseInt(each.substring(2)));
    }
    return Map.copyOf(lengths);
  }

  @Override
  public String triggers() {
    return "ABCDEFGHIJKLMNOPQRSTUVXY";
  }

  @Override
  public @Nullable Match find(Scan scan, int at) {
    if (Scan.isWord(scan.before(at))
        || !Scan.isDigit(scan.at(at + 2))
        || !Scan.isDigit(scan.at(at + 3))) {
      return null;
    }
    Integer length = BY_COUNTRY.get(scan.text().substring(at, at + 2));
    if (length == null) {
      return null;
    }
    boolean grouped = scan.at(at + 4) == ' ';
    StringBuilder number = new StringBuilder();
    int place = at;
    while (number.length() < length) {
      if (grouped && !number.isEmpty() && number.length() % 4 == 0 && scan.at(place++) != ' ') {
        return null;
      }
      char c = scan.at(place++);
      if (!Scan.isDigit(c) && !(c >= 'A' && c <= 'Z')) {
        return null;
      }
      number.append(c);
    }
    return !Scan.isWord(scan.at(place)) && remainder(number) == 1
        ? new Match(at, place, Kind.IBAN)
        : null;
  }

  /** The number with its first four characters last and letters as 10 to 35, modulo 97. */
  private static int remainder(CharSequence number) {
    int remainder = 0;
    for (int i = 0; i < number.length(); i++) {
      int value = Character.digit(number.charAt((i + 4) % number.length()), 36);
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder;
  }
}
