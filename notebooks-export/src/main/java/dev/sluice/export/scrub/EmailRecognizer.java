package dev.sluice.export.scrub;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of e-mail (RFC 5321) in Latin script, and in domains that there are: a product of
 * matrices in a program, {@code a@b.sum}, looks alike.
 */
final class EmailRecognizer implements Recognizer {
  private static final int MAX_LOCAL = 64;
  private static final int MAX_DOMAIN = 253;

  /** Generic domains in use for mail. All of two letters are countries'. */
  private static final Set<String> GENERIC =
      Set.of(
          ("com org net edu gov mil int info biz name pro aero asia cat coop jobs mobi museum post tel"
                  + " travel app dev xyz online site tech store shop blog cloud email live news space"
                  + " website work world life today agency company digital design studio media"
                  + " network systems solutions services support group team global academy school"
                  + " university college institute foundation health care clinic bank finance law"
                  + " legal club page wiki icu top vip win fun art science engineering software"
                  + " berlin hamburg koeln wien bayern paris london amsterdam nyc tokyo example test"
                  + " invalid localhost")
              .split(" ", -1));

  private static final Set<String> COUNTRIES =
      Set.of(
          ("ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br"
                  + " bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj"
                  + " dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm"
                  + " gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je"
                  + " jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma"
                  + " mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng"
                  + " ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs"
                  + " ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf"
                  + " tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu"
                  + " wf ws ye yt za zm zw")
              .split(" ", -1));

  @Override
  public String triggers() {
    return "@";
  }

  @Override
  public @Nullable Match find(Scan scan, int at) {
    int start = start(scan, at);
    int end = end(scan, at + 1);
    return start < at && end > at ? new Match(start, end, Kind.EMAIL) : null;
  }

  /** Where the local part begins; {@code at} if there is none. */
  private static int start(Scan scan, int at) {
    int start = at;
    while (start > scan.from() && isLocal(scan.at(start - 1))) {
      if (at - --start > MAX_LOCAL) {
        return at;
      }
      if (scan.at(start) == '.' && scan.at(start + 1) == '.') {
        start += 2; // Dots of a sentence before it.
        break;
      }
    }
    while (start < at && !Scan.isLatin(scan.at(start)) && scan.at(start) != '_') {
      start++;
    }
    return scan.at(at - 1) == '.' ? at : start;
  }

  /** Where the domain ends; -1 if there is none. */
  private static int end(Scan scan, int begin) {
    int end = begin;
    while (Scan.isLatin(scan.at(end)) || scan.at(end) == '-' || scan.at(end) == '.') {
      if (++end - begin > MAX_DOMAIN) {
        return -1;
      }
    }
    char next = scan.at(end);
    if (next == '@' || next == '(' || next == '[' || next == '_') {
      return -1; // A call or an index of a program.
    }
    while (end > begin && !Scan.isLatin(scan.at(end - 1))) {
      end--;
    }
    String domain = scan.text().substring(begin, end);
    return isDomain(domain) ? end : -1;
  }

  private static boolean isDomain(String domain) {
    String[] labels = domain.split("\\.", -1);
    for (String label : labels) {
      if (label.isEmpty() || label.length() > 63 || label.startsWith("-") || label.endsWith("-")) {
        return false;
      }
    }
    String top = labels[labels.length - 1];
    String lower = top.toLowerCase(Locale.ROOT);
    boolean oneCase = top.equals(lower) || top.equals(top.toUpperCase(Locale.ROOT));
    return labels.length > 1
        && oneCase
        && (COUNTRIES.contains(lower) || GENERIC.contains(lower) || lower.startsWith("xn--"));
  }

  private static boolean isLocal(char c) {
    return Scan.isLatin(c) || "._%+-".indexOf(c) >= 0;
  }
}
