package dev.sluice.pipelines.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MatchResult.Status;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * Objects in memory under {@code late://BUCKET/NAME}, as unhelpful as an object store may be: no
 * rename, no folders, what is written replaces silently, and lists lag: a new object is missing
 * from the next few, and one that was deleted is still in them. The bucket {@code gone} is not
 * there, {@code shut} may not be read.
 */
final class LateFileSystem extends FileSystem<LateFileSystem.Name> {
  /** How many lists what is new is missing from. */
  static final int LAG = 5;

  private static final Map<String, Entry> OBJECTS = new TreeMap<>();
  private static long lists;
  private static long clock = 1_000_000_000_000L;

  /** An object, its bytes as characters; without content it was deleted. */
  private record Entry(@Nullable String content, String listed, long modified, long since) {}

  /** The name of an object. */
  record Name(String text) implements ResourceId {
    @Override
    public ResourceId resolve(String other, ResolveOptions options) {
      return new Name(text + "/" + other);
    }

    @Override
    public ResourceId getCurrentDirectory() {
      return new Name(text.substring(0, text.lastIndexOf('/') + 1));
    }

    @Override
    public String getScheme() {
      return "late";
    }

    @Override
    public @Nullable String getFilename() {
      return text.substring(text.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isDirectory() {
      return text.endsWith("/");
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Lets all lists of before be forgotten, as time would. */
  static synchronized void settle() {
    lists += LAG;
  }

  /** Puts content in place of an object's, as a broken disk would. */
  static void damage(String name, byte[] content) {
    put(name, content);
  }

  private static void put(String name, byte[] content) {
    put(name, new String(content, StandardCharsets.ISO_8859_1));
  }

  private static synchronized void put(String name, @Nullable String content) {
    Entry before = OBJECTS.get(name);
    String known = before == null ? null : before.content();
    clock += 1000;
    OBJECTS.put(name, new Entry(content, known == null ? "" : known, clock, lists));
  }

  private static Entry entry(String name) throws IOException {
    if (name.startsWith("late://gone")) {
      throw new IOException("The bucket 'gone' does not exist");
    }
    if (name.startsWith("late://shut")) {
      throw new IOException("Access denied");
    }
    Entry entry = OBJECTS.get(name);
    if (entry == null || entry.content() == null) {
      throw new FileNotFoundException(name);
    }
    return entry;
  }

  @Override
  protected List<MatchResult> match(List<String> specs) {
    List<MatchResult> results = new ArrayList<>();
    synchronized (LateFileSystem.class) {
      for (String spec : specs) {
        try {
          results.add(spec.contains("*") ? list(spec) : look(spec));
        } catch (FileNotFoundException e) {
          results.add(MatchResult.create(Status.NOT_FOUND, e));
        } catch (IOException e) {
          results.add(MatchResult.create(Status.ERROR, e));
        }
      }
    }
    return results;
  }

  private static MatchResult look(String name) throws IOException {
    Entry entry = entry(name);
    int length = content(entry).length();
    return MatchResult.create(Status.OK, List.of(metadata(name, length, entry.modified())));
  }

  private static String content(Entry entry) {
    return Objects.requireNonNull(entry.content());
  }

  private static MatchResult list(String spec) throws IOException {
    try {
      var unused = entry(spec);
    } catch (FileNotFoundException e) {
      // A pattern is no name.
    }
    lists++;
    String prefix = spec.substring(0, spec.indexOf('*'));
    Pattern rest = Pattern.compile(spec.endsWith("**") ? ".+" : "[^/]+", Pattern.DOTALL);
    List<Metadata> found = new ArrayList<>();
    for (Map.Entry<String, Entry> each : OBJECTS.entrySet()) {
      String name = each.getKey();
      Entry entry = each.getValue();
      String content = lists - entry.since() > LAG ? entry.content() : entry.listed();
      if (content != null
          && !content.isEmpty()
          && name.startsWith(prefix)
          && rest.matcher(name.substring(prefix.length())).matches()) {
        found.add(metadata(name, content.length(), entry.modified()));
      }
    }
    return MatchResult.create(Status.OK, found);
  }

  private static Metadata metadata(String name, long bytes, long modified) {
    return Metadata.builder()
        .setResourceId(new Name(name))
        .setSizeBytes(bytes)
        .setIsReadSeekEfficient(false)
        .setLastModifiedMillis(modified)
        .build();
  }

  @Override
  protected WritableByteChannel create(Name name, CreateOptions options) {
    return Channels.newChannel(
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            put(name.text(), toByteArray());
          }
        });
  }

  @Override
  protected ReadableByteChannel open(Name name) throws IOException {
    synchronized (LateFileSystem.class) {
      return Channels.newChannel(
          new ByteArrayInputStream(
              content(entry(name.text())).getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  @Override
  protected void copy(List<Name> from, List<Name> to) throws IOException {
    synchronized (LateFileSystem.class) {
      for (int i = 0; i < from.size(); i++) {
        put(to.get(i).text(), content(entry(from.get(i).text())));
      }
    }
  }

  @Override
  protected void rename(List<Name> from, List<Name> to, MoveOptions... options) {
    throw new UnsupportedOperationException("Objects have no rename.");
  }

  @Override
  protected void delete(Collection<Name> names) {
    names.forEach(name -> put(name.text(), (String) null));
  }

  @Override
  protected Name matchNewResource(String spec, boolean isDirectory) {
    return new Name(spec);
  }

  @Override
  protected String getScheme() {
    return "late";
  }
}
