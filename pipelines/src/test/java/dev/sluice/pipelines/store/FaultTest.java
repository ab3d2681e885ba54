package dev.sluice.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One file operation goes wrong, each in turn, and the program goes on as it thinks fit. */
class FaultTest {
  private static final int UNITS = 2;

  /** What happens to the n-th operation. */
  private enum Fault {
    /** It fails, and nothing came of it. */
    FAILS,
    /** It is done and then fails: the answer got lost. */
    DONE_AND_FAILS,
    /** A file that is read comes back by half; what is written is cut by half without a word. */
    HALF,
    /** The disk is full from here on: nothing more can be written. */
    FULL
  }

  @ParameterizedTest
  @EnumSource
  void noArtifactWithAManifestIsWrong(Fault fault, @TempDir Path folder) {
    String digest = StoreFixture.stage(ArtifactStore.open(folder.resolve("whole")), UNITS).digest();
    int failed = 0;
    FaultyStore files;
    int n = 0;
    do {
      Path workspace = folder.resolve("ws" + n);
      files = new FaultyStore(workspace, fault, n++);
      try {
        StoreFixture.stage(new ArtifactStore(Workspace.of(workspace, files)), UNITS);
      } catch (StoreException | DamagedFileException e) {
        failed++;
      }
      ArtifactStore store = ArtifactStore.open(workspace);
      for (Artifact artifact : store.all()) {
        if (store.verify(artifact).isEmpty()) {
          assertThat(artifact.digest()).isEqualTo(digest);
        } else {
          // A disk that lies is found out by the first reader, and its content is recomputed.
          assertThat(fault).isEqualTo(Fault.HALF);
          store.verify(artifact).forEach(store::setAside);
        }
      }
      Artifact again = StoreFixture.stage(store, UNITS);
      assertThat(again.digest()).isEqualTo(digest);
      assertThat(store.verify(again)).isEmpty();
    } while (files.reached());
    assertThat(n).isGreaterThan(30);
    assertThat(failed).isGreaterThan(fault == Fault.HALF ? 0 : 20);
  }

  /** Local files of which one operation goes wrong. */
  private static final class FaultyStore implements FileStore {
    private final LocalFileStore files;
    private final Fault fault;
    private final int at;
    private int done;

    FaultyStore(Path root, Fault fault, int at) {
      this.files = new LocalFileStore(root);
      this.fault = fault;
      this.at = at;
    }

    /** Whether there were operations enough for the fault to come. */
    boolean reached() {
      return done > at;
    }

    private interface Work<T> {
      T get() throws IOException;
    }

    private <T> T step(boolean writes, Work<T> work) throws IOException {
      int number = done++;
      if (fault == Fault.FULL && number >= at && writes) {
        throw new IOException("No space left on device");
      }
      if (number != at || fault == Fault.HALF) {
        return work.get();
      }
      if (fault == Fault.DONE_AND_FAILS) {
        T unused = work.get();
      }
      throw new IOException("Input/output error");
    }

    private byte[] half(byte[] content) {
      return fault == Fault.HALF && done == at + 1
          ? Arrays.copyOf(content, content.length / 2)
          : content;
    }

    @Override
    public OutputStream create(String path) throws IOException {
      OutputStream out = step(true, () -> files.create(path));
      return new FilterOutputStream(out) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          step(
              true,
              () -> {
                byte[] part = half(Arrays.copyOfRange(bytes, offset, offset + length));
                out.write(part, 0, part.length);
                return part;
              });
        }
      };
    }

    @Override
    public void sync(String path) throws IOException {
      step(true, () -> nothing(() -> files.sync(path)));
    }

    @Override
    public void syncFolder(String path) throws IOException {
      step(true, () -> nothing(() -> files.syncFolder(path)));
    }

    @Override
    public void write(String path, byte[] content) throws IOException {
      step(true, () -> nothing(() -> files.write(path, half(content))));
    }

    @Override
    public void append(String path, byte[] content) throws IOException {
      step(true, () -> nothing(() -> files.append(path, half(content))));
    }

    @Override
    public byte[] read(String path) throws IOException {
      return step(false, () -> half(files.read(path)));
    }

    @Override
    public long size(String path) throws IOException {
      return step(false, () -> files.size(path));
    }

    @Override
    public Optional<Instant> modified(String path) throws IOException {
      return step(false, () -> files.modified(path));
    }

    @Override
    public List<String> list(String path) throws IOException {
      return step(false, () -> files.list(path));
    }

    @Override
    public List<StoredFile> tree(String path) throws IOException {
      return step(false, () -> files.tree(path));
    }

    @Override
    public void deleteEmptyFolders(String path) throws IOException {
      step(true, () -> nothing(() -> files.deleteEmptyFolders(path)));
    }

    @Override
    public void setAside(String path, String mark) throws IOException {
      step(true, () -> nothing(() -> files.setAside(path, mark)));
    }

    @Override
    public void delete(String path) throws IOException {
      step(true, () -> nothing(() -> files.delete(path)));
    }

    @Override
    public Path folder(String path) throws IOException {
      return step(true, () -> files.folder(path));
    }

    @Override
    public Path local(String path) throws IOException {
      return files.local(path);
    }

    private interface Act {
      void run() throws IOException;
    }

    private static boolean nothing(Act act) throws IOException {
      act.run();
      return true;
    }
  }
}
