package dev.sluice.jinja.value;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time as C's {@code strftime} writes it in English. */
public final class Strftime {
  private Strftime() {}

  public static String formatted(String format, ZonedDateTime time) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      char form = format.charAt(++i);
      boolean bare = form == '-' && i + 1 < format.length();
      String part = part(bare ? format.charAt(++i) : form, time);
      out.append(bare ? part.replaceFirst("^[0 ](?=.)", "") : part);
    }
    return out.toString();
  }

  private static String part(char form, ZonedDateTime time) {
    String pattern =
        switch (form) {
          case 'Y' -> "yyyy";
          case 'y' -> "yy";
          case 'm' -> "MM";
          case 'd' -> "dd";
          case 'e' -> "ppd";
          case 'H' -> "HH";
          case 'I' -> "hh";
          case 'M' -> "mm";
          case 'S' -> "ss";
          case 'f' -> "SSSSSS";
          case 'j' -> "DDD";
          case 'B' -> "MMMM";
          case 'b', 'h' -> "MMM";
          case 'A' -> "EEEE";
          case 'a' -> "EEE";
          case 'p' -> "a";
          case 'F' -> "yyyy-MM-dd";
          case 'T', 'X' -> "HH:mm:ss";
          case 'R' -> "HH:mm";
          case 'D', 'x' -> "MM/dd/yy";
          case 'c' -> "EEE MMM ppd HH:mm:ss yyyy";
          case 'z', 'Z', '%', 'n', 't', 'u', 'w' -> "";
          default ->
              throw new TemplateException("strftime_now does not know '%%%s'".formatted(form));
        };
    int day = time.getDayOfWeek().getValue();
    return switch (form) {
      // A local time without a zone, as transformers has it.
      case 'z', 'Z' -> "";
      case '%' -> "%";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'u' -> Integer.toString(day);
      case 'w' -> Integer.toString(day % 7);
      default -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    };
  }
}
