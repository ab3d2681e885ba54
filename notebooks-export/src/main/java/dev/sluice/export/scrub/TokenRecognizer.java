package dev.sluice.export.scrub;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keys of services that begin with a prefix of their own. */
final class TokenRecognizer implements Recognizer {
  @Override
  public String triggers() {
    return TokenShape.ALL.stream()
        .map(shape -> shape.prefix().substring(0, 1))
        .distinct()
        .collect(Collectors.joining());
  }

  @Override
  public @Nullable Match find(Scan scan, int at) {
    char before = scan.before(at);
    if (Scan.isWord(before) || before == '-') {
      return null;
    }
    for (TokenShape shape : TokenShape.ALL) {
      if (scan.text().startsWith(shape.prefix(), at)) {
        int first = at + shape.prefix().length();
        int end = first;
        while (shape.has(scan.at(end)) && end - first <= shape.longest()) {
          end++;
        }
        while (end > first && ".-_".indexOf(scan.at(end - 1)) >= 0) {
          end--; // The end of a sentence.
        }
        if (!Scan.isWord(scan.at(end)) && shape.accepts(scan.text().substring(first, end))) {
          return new Match(at, end, Kind.SECRET);
        }
      }
    }
    return null;
  }
}
