package dev.sluice.export.split;

import dev.sluice.methods.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts in the parts of a split, and which of them a further text nearly repeats. Exact: a filter
 * of prefixes (Bayardo et al., Scaling Up All Pairs Similarity Search, 2007) and of places in them
 * (Xiao et al., Efficient Similarity Joins for Near Duplicate Detection, 2008) names candidates,
 * whose runs are compared in full. The filters hold for every order of runs that all texts share.
 * The rarest come first, by counts over the texts so far; when these are out of date, all texts are
 * indexed anew. So the order decides the time that a search takes and never its answer.
 */
final class NearTexts {
  private static final int NONE = -1;

  /** A token is the order of magnitude of a run's count, then these bits of its hash. */
  private static final int HASH_BITS = 58;

  /** Places from which on lists are not told apart. */
  private static final int MAX_PLACE = 31;

  private static final int MIN_CELLS = 1 << 10;
  private static final int MAX_CELLS = 1 << 22;

  /** Runs that searches compare, for each run that is held, before the order is made anew. */
  private static final int PATIENCE = 16;

  private final NearRule rule;
  private final List<long[]> texts = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final long[] saltOfPart;
  private final int[] sizeOfPart;
  private final Postings postings = new Postings();
  private int[] partOf = new int[64];
  private int[] lastSearch = new int[64];
  private int search;

  /** How often runs occurred when the order was made, by the low bits of their hash. */
  private int[] counts = new int[MIN_CELLS];

  private long held;
  private long heldInOrder = MIN_CELLS;
  private long compared;
  private long comparisons;

  NearTexts(NearRule rule, int parts) {
    this.rule = rule;
    sizeOfPart = new int[parts];
    saltOfPart = new long[parts];
    for (int part = 0; part < parts; part++) {
      saltOfPart[part] = part * 0xD6E8FEB86659FD93L;
    }
  }

  /**
   * The runs of a text, ascending. A text without words, such as one of signs alone, has one run,
   * which only the same text has.
   */
  long[] runs(String text) {
    long[] runs = Words.grams(Words.of(text), rule.runWords());
    return runs.length > 0
        ? runs
        : new long[] {~hash(text.strip().chars().asLongStream().toArray())};
  }

  /** One near-duplicate of each part that has any, by part. */
  List<Placed.Neighbour> find(long[] runs) {
    if (held > 2 * heldInOrder || compared > PATIENCE * (held + MIN_CELLS)) {
      order();
    }
    search++;
    List<Placed.Neighbour> found = new ArrayList<>();
    long[] prefix = prefix(runs);
    for (int part = 0; part < sizeOfPart.length; part++) {
      int text = sizeOfPart[part] == 0 ? NONE : find(runs, prefix, part);
      if (text != NONE) {
        found.add(new Placed.Neighbour(ids.get(text), part, similarity(runs, texts.get(text))));
      }
    }
    return found;
  }

  /** Adds a text to a part. A part keeps the first of texts with the same runs. */
  void add(long[] runs, String id, int part) {
    if (equal(runs, part) != NONE) {
      return;
    }
    int text = texts.size();
    texts.add(runs);
    ids.add(id);
    if (text == partOf.length) {
      partOf = Arrays.copyOf(partOf, text + (text >> 1));
      lastSearch = Arrays.copyOf(lastSearch, partOf.length);
    }
    partOf[text] = part;
    sizeOfPart[part]++;
    held += runs.length;
    index(text);
  }

  /** How many pairs of texts were compared so far. */
  long comparisons() {
    return comparisons;
  }

  private int find(long[] runs, long[] prefix, int part) {
    int equal = equal(runs, part);
    if (equal != NONE) {
      return equal;
    }
    // A common run at the places i and j leaves room for no more common runs than follow it. There
    // is a length of the other text with room for enough if t j + i <= length (1 - t).
    double room = runs.length * (1 - rule.similarity()) + 1e-6;
    for (int i = 0; i < prefix.length; i++) {
      int last = (int) Math.min(MAX_PLACE, (room - i) / rule.similarity());
      for (int j = 0; j <= last; j++) {
        int text = find(runs, postings.first(list(prefix[i], j, part)), part);
        if (text != NONE) {
          return text;
        }
      }
    }
    return NONE;
  }

  /** The first near-duplicate in a list that was not looked at in this search. */
  private int find(long[] runs, int list, int part) {
    for (int entry = list; entry != Postings.END; entry = postings.next(entry)) {
      int text = postings.value(entry);
      if (partOf[text] == part && lastSearch[text] != search) {
        lastSearch[text] = search;
        if (similarity(runs, texts.get(text)) >= rule.similarity()) {
          return text;
        }
      }
    }
    return NONE;
  }

  private long list(long token, int place, int part) {
    return (token ^ saltOfPart[part]) + place * 0xA24BAED4963EE407L;
  }

  private int equal(long[] runs, int part) {
    int entry = postings.first(hash(runs) ^ saltOfPart[part]);
    for (; entry != Postings.END; entry = postings.next(entry)) {
      int text = postings.value(entry);
      if (partOf[text] == part && Arrays.equals(runs, texts.get(text))) {
        return text;
      }
    }
    return NONE;
  }

  private void index(int text) {
    long[] runs = texts.get(text);
    int part = partOf[text];
    postings.add(hash(runs) ^ saltOfPart[part], text);
    long[] prefix = prefix(runs);
    for (int j = 0; j < prefix.length; j++) {
      postings.add(list(prefix[j], Math.min(MAX_PLACE, j), part), text);
    }
  }

  /** Counts the runs of all texts and indexes the texts by the order that follows. */
  private void order() {
    long wanted = Math.max(MIN_CELLS, Math.min(MAX_CELLS, held / 2));
    counts = new int[Integer.highestOneBit((int) wanted)];
    for (long[] runs : texts) {
      for (long run : runs) {
        counts[cell(run)]++;
      }
    }
    postings.clear();
    for (int text = 0; text < texts.size(); text++) {
      index(text);
    }
    heldInOrder = Math.max(MIN_CELLS, held);
    compared = 0;
  }

  /**
   * As many of the rarest runs, as tokens in order, as must hold one that an equally alike text has
   * among its own. Runs whose tokens are equal by chance name more candidates, never fewer: where
   * the smallest token of a common run comes first in either text, all common runs follow.
   */
  private long[] prefix(long[] runs) {
    long[] tokens = new long[runs.length];
    for (int i = 0; i < runs.length; i++) {
      int magnitude = Integer.SIZE - Integer.numberOfLeadingZeros(counts[cell(runs[i])]);
      tokens[i] = (long) magnitude << HASH_BITS | runs[i] >>> (Long.SIZE - HASH_BITS);
    }
    Arrays.sort(tokens);
    int needed = (int) Math.ceil(rule.similarity() * runs.length - 1e-9);
    return Arrays.copyOf(tokens, Math.min(runs.length, runs.length - needed + 1));
  }

  private int cell(long run) {
    return (int) run & (counts.length - 1);
  }

  /** The share of common elements of two ascending sets; 0 as soon as it cannot reach the rule. */
  private double similarity(long[] first, long[] second) {
    int both = first.length + second.length;
    // Rounded down: the last line decides on the bound itself.
    int least = (int) (rule.similarity() / (1 + rule.similarity()) * both - 1e-6);
    int i = 0;
    int j = 0;
    int common = 0;
    while (i < first.length && j < second.length) {
      if (common + Math.min(first.length - i, second.length - j) < least) {
        break;
      }
      if (first[i] == second[j]) {
        common++;
        i++;
        j++;
      } else if (first[i] < second[j]) {
        i++;
      } else {
        j++;
      }
    }
    compared += i + j + 1;
    comparisons++;
    return common < least ? 0 : common / (double) (both - common);
  }

  private static long hash(long[] numbers) {
    long hash = numbers.length;
    for (long number : numbers) {
      hash = (hash ^ number) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }
}
