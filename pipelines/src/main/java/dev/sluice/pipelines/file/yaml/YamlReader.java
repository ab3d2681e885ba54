package dev.sluice.pipelines.file.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML text into {@link YamlNode}s. Aliases are allowed within bounds; merge keys, tags, keys
 * that are not single values and further documents are mistakes, as is a key that stands twice.
 */
public final class YamlReader {
  private static final String STRING = "tag:yaml.org,2002:str";

  static final int MAX_ALIASES = 100;
  static final int MAX_NODES = 50_000;
  static final int MAX_DEPTH = 50;

  private final String file;
  private final Findings findings;
  private final Map<Anchor, YamlNode> anchors = new HashMap<>();
  private Iterator<Event> events = List.<Event>of().iterator();
  private int aliases;
  private int nodes;

  private YamlReader(String file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  /** The document; null if it is empty or cannot be read, which is then among the findings. */
  static @Nullable public YamlNode read(String file, String text, Findings findings) {
    try {
      return new YamlReader(file, findings).document(text);
    } catch (YamlEngineException e) {
      SyntaxErrors.report(file, text, e, findings);
      return null;
    } catch (Stop e) {
      findings.mistake(e.at, "", null, e.reason, null);
      return null;
    }
  }

  private @Nullable YamlNode document(String text) {
    // One buffer for all of it: the parser fails where a buffer ends inside a surrogate pair.
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setBufferSize(Math.max(1024, text.length() + 2))
            .build();
    events = new Parse(settings).parseString(text).iterator();
    YamlNode root = null;
    boolean started = false;
    // All events are read before anything is looked at: a syntax error stands alone.
    List<Event> all = new ArrayList<>();
    int depth = 0;
    while (events.hasNext()) {
      Event event = events.next();
      all.add(event);
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        throw new Stop(at(event), "blocks are nested deeper than " + MAX_DEPTH + " levels");
      }
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
    }
    events = all.iterator();
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case DocumentStart -> {
          if (started) {
            throw new Stop(
                at(event), "a second document begins here; a pipeline file holds one document");
          }
          started = true;
        }
        case Scalar, SequenceStart, MappingStart, Alias -> root = node(event, "");
        default -> {}
      }
    }
    return root;
  }

  private YamlNode node(Event event, String path) {
    if (++nodes > MAX_NODES) {
      throw new Stop(at(event), "the file holds more than " + MAX_NODES + " values");
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias, path);
    }
    YamlNode node;
    if (event instanceof ScalarEvent scalar) {
      node = scalar(scalar, path);
    } else if (event instanceof MappingStartEvent) {
      node = mapping(event, path);
    } else {
      node = sequence(event, path);
    }
    if (event instanceof CollectionStartEvent collection) {
      collection.getTag().ifPresent(tag -> refuseTag(node, tag));
    }
    anchor(event).ifPresent(anchor -> anchors.put(anchor, node));
    return node;
  }

  private YamlNode scalar(ScalarEvent event, String path) {
    String text = event.getValue();
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
    Optional<String> tag = event.getTag();
    boolean forced = tag.isPresent() && (tag.get().equals("!") || tag.get().equals(STRING));
    Object value = plain && !forced ? Scalars.resolve(text) : text;
    boolean literal = event.getScalarStyle() == ScalarStyle.LITERAL;
    YamlNode.Scalar node =
        new YamlNode.Scalar(at(event), path, value, text, text, false, false, literal);
    if (!forced) {
      tag.ifPresent(name -> refuseTag(node, name));
    }
    return node;
  }

  private void refuseTag(YamlNode node, String tag) {
    findings.mistake(
        node, "the tag '" + tag.replace("tag:yaml.org,2002:", "!!") + "' is not supported");
  }

  private YamlNode sequence(Event start, String path) {
    List<YamlNode> items = new ArrayList<>();
    while (true) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.SequenceEnd) {
        return new YamlNode.Sequence(at(start), path, items);
      }
      items.add(node(event, YamlNode.item(path, items.size())));
    }
  }

  private YamlNode mapping(Event start, String path) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    while (true) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.MappingEnd) {
        return new YamlNode.Mapping(at(start), path, entries);
      }
      if (!(event instanceof ScalarEvent name)) {
        YamlNode key = node(event, path);
        findings.mistake(
            at(event), path, null, "a key must be a single word, but is " + key.shown(), null);
        node(events.next(), path);
        continue;
      }
      String key = name.getValue();
      String childPath = YamlNode.child(path, key);
      YamlNode value = node(events.next(), childPath);
      if (key.equals("<<")) {
        findings.mistake(
            at(event), childPath, null, "merge keys are not supported; write the keys out", null);
        continue;
      }
      YamlNode.Entry first = entries.get(key);
      if (first == null) {
        entries.put(key, new YamlNode.Entry(at(event), value));
      } else {
        findings.mistake(
            at(event),
            childPath,
            value.single(),
            "the key '%s' is used twice; the first use is in line %d"
                .formatted(key, first.key().line()),
            null);
      }
    }
  }

  private YamlNode alias(AliasEvent event, String path) {
    YamlNode target = anchors.get(event.getAlias());
    if (target == null) {
      throw new Stop(
          at(event),
          "the alias '*%s' has no anchor '&%1$s' that ends before it"
              .formatted(event.getAlias().getValue()));
    }
    nodes += size(target);
    if (++aliases > MAX_ALIASES || nodes > MAX_NODES) {
      throw new Stop(
          at(event),
          "aliases are bounded: at most %d of them, and %d values once they are written out"
              .formatted(MAX_ALIASES, MAX_NODES));
    }
    return target.under(path);
  }

  private static int size(YamlNode node) {
    int size = 1;
    if (node instanceof YamlNode.Sequence list) {
      for (YamlNode item : list.items()) {
        size += size(item);
      }
    } else if (node instanceof YamlNode.Mapping block) {
      for (YamlNode.Entry entry : block.entries().values()) {
        size += size(entry.value());
      }
    }
    return size;
  }

  private static Optional<Anchor> anchor(Event event) {
    return event instanceof NodeEvent node ? node.getAnchor() : Optional.empty();
  }

  private Position at(Event event) {
    Mark mark = event.getStartMark().orElseThrow();
    return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Ends the reading: what comes after cannot be trusted. */
  @SuppressWarnings("serial")
  private static final class Stop extends RuntimeException {
    private final Position at;
    private final String reason;

    Stop(Position at, String reason) {
      super(reason, null, false, false);
      this.at = at;
      this.reason = reason;
    }
  }
}
