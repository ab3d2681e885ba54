package dev.sluice.runners.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.export.ExportException;
import dev.sluice.export.FileHashes;
import dev.sluice.records.manifest.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetCopyTest {
  private static final Map<String, String> FIRST =
      Map.of(
          "manifest.json",
          "{\"files\": [{\"path\": \"data/train.jsonl\"}, {\"path\": \"data/test.jsonl\"}], \"side_files\": [\"info.json\"]}",
          "README.md",
          "first",
          "info.json",
          "{}",
          "data/train.jsonl",
          "1",
          "data/test.jsonl",
          "2");
  private static final Map<String, String> SECOND =
      Map.of(
          "manifest.json",
          "{\"files\": [{\"path\": \"data/train.jsonl\"}], \"side_files\": []}",
          "README.md",
          "second",
          "data/train.jsonl",
          "3");

  private Path folder;
  private Path out;

  @BeforeEach
  void name(@TempDir Path temporary) {
    folder = temporary;
    out = temporary.resolve("deep/out");
  }

  private void place(Map<String, String> texts, boolean replace) throws IOException {
    Path dataset = Files.createTempDirectory(folder, "artifact");
    write(dataset, texts);
    Map<String, String> hashes = new TreeMap<>();
    for (String file : texts.keySet()) {
      hashes.put(file, FileHashes.sha256(dataset.resolve(file)));
    }
    new DatasetCopy(new ModelFolder("artifacts/x", hashes, "d"), () -> dataset, out, replace)
        .place();
  }

  private static void write(Path into, Map<String, String> texts) throws IOException {
    for (Map.Entry<String, String> file : texts.entrySet()) {
      Path place = into.resolve(file.getKey());
      Files.createDirectories(place.getParent());
      Files.writeString(place, file.getValue());
    }
  }

  private static Map<String, String> texts(Path in) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(in)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(in.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  @Test
  void folderThatIsNotThere_getsTheDatasetAndNothingBeside() throws IOException {
    place(FIRST, false);
    assertThat(texts(out)).isEqualTo(FIRST);
    assertThat(out.getParent()).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void emptyFolder_getsTheDataset() throws IOException {
    Files.createDirectories(out);
    place(FIRST, false);
    assertThat(texts(out)).isEqualTo(FIRST);
  }

  @Test
  void wholeCopy_isLeftAloneAndNothingIsRead() throws IOException {
    place(FIRST, false);
    Map<String, String> hashes = new TreeMap<>();
    for (String file : FIRST.keySet()) {
      hashes.put(file, FileHashes.sha256(out.resolve(file)));
    }
    Files.writeString(out.resolve("notes.txt"), "mine");
    new DatasetCopy(
            new ModelFolder("artifacts/x", hashes, "d"),
            () -> {
              throw new AssertionError("The artifact was asked for.");
            },
            out,
            false)
        .place();
    assertThat(texts(out)).hasSize(FIRST.size() + 1).containsEntry("notes.txt", "mine");
  }

  @Test
  void fileThatIsMissing_isRestored() throws IOException {
    place(FIRST, false);
    Files.delete(out.resolve("data/test.jsonl"));
    place(FIRST, false);
    assertThat(texts(out)).isEqualTo(FIRST);
  }

  @Test
  void fileThatWasChanged_isRefusedAndStays() throws IOException {
    place(FIRST, false);
    Files.writeString(out.resolve("data/train.jsonl"), "changed");
    assertThatThrownBy(() -> place(FIRST, false))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "The folder %s does not hold this dataset: it has another data/train.jsonl. Write 'replace: true' to replace an earlier export, or name another folder as 'out'."
                .formatted(out.toRealPath()));
    assertThat(out.resolve("data/train.jsonl")).hasContent("changed");
    place(FIRST, true);
    assertThat(texts(out)).isEqualTo(FIRST);
  }

  @Test
  void otherDataset_isReplacedOnlyIfAsked_andFilesOfThePersonStay() throws IOException {
    place(FIRST, false);
    Files.writeString(out.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> place(SECOND, false))
        .hasMessageContaining("it has another README.md, data/train.jsonl, manifest.json.");
    place(SECOND, true);
    Map<String, String> expected = new TreeMap<>(SECOND);
    expected.put("notes.txt", "mine");
    assertThat(texts(out)).isEqualTo(expected);
  }

  @Test
  void filesOfThePerson_areNotOverwrittenEvenIfReplacingIsAsked() throws IOException {
    write(out, Map.of("README.md", "mine"));
    assertThatThrownBy(() -> place(FIRST, true))
        .hasMessage(
            "The folder %s holds README.md, which no export wrote and the dataset would overwrite. Move it, or name another folder as 'out'."
                .formatted(out.toRealPath()));
    assertThat(texts(out)).isEqualTo(Map.of("README.md", "mine"));
  }

  @Test
  void replacementThatWasKilled_isFinishedByTheNextRun() throws IOException {
    place(FIRST, false);
    // What a kill leaves between two files of the replacement.
    Files.move(out.resolve("manifest.json"), out.resolve(EarlierFiles.REPLACED));
    Files.writeString(out.resolve("README.md"), "second");
    write(out.resolveSibling(".out.partial"), Map.of("data/train.jsonl", "3"));
    assertThatThrownBy(() -> place(SECOND, false)).hasMessageContaining("'replace: true'");
    place(SECOND, true);
    assertThat(texts(out)).isEqualTo(SECOND);
    assertThat(out.resolveSibling(".out.partial")).doesNotExist();
  }

  @Test
  void file_isNoFolderForADataset() throws IOException {
    Files.createDirectories(out.getParent());
    Files.writeString(out, "a file");
    assertThatThrownBy(() -> place(FIRST, true))
        .hasMessage(
            "The dataset cannot be copied to %s: it is a file. Name a folder."
                .formatted(out.toRealPath()));
  }

  @Test
  void linkToAFolder_isFollowed() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real"));
    Files.createDirectories(out.getParent());
    Files.createSymbolicLink(out, real);
    place(FIRST, false);
    assertThat(texts(real)).isEqualTo(FIRST);
    assertThat(out).isSymbolicLink();
  }

  @Test
  void manifestThatNamesPlacesOutside_lists_nothingThere() throws IOException {
    write(
        out,
        Map.of(
            "manifest.json",
            "{\"files\": [{\"path\": \"../../evil\"}], \"side_files\": [7, \"a\"]}"));
    assertThat(EarlierFiles.of(out)).containsExactly("README.md", "a", "manifest.json");
  }

  @Test
  void mistakes_areToldBeforeTheRun() throws IOException {
    assertThat(DatasetCopy.mistakes(out.toString(), false)).isEmpty();
    write(out, Map.of("notes.txt", "mine"));
    assertThat(DatasetCopy.mistakes(out.toString(), false))
        .singleElement()
        .satisfies(
            mistake ->
                assertThat(mistake.message())
                    .isEqualTo(
                        "the folder '%s' holds files, but no export; name a new folder, or write 'replace: true', which keeps files that no export wrote"
                            .formatted(out)));
    assertThat(DatasetCopy.mistakes(out.toString(), true)).isEmpty();
    write(out, FIRST);
    assertThat(DatasetCopy.mistakes(out.toString(), false)).isEmpty();
    assertThat(DatasetCopy.mistakes(out.resolve("notes.txt").toString(), true))
        .singleElement()
        .satisfies(mistake -> assertThat(mistake.message()).endsWith("is a file; name a folder"));
  }
}
