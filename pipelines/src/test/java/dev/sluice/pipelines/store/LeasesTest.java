package dev.sluice.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.Hashes;
import dev.sluice.records.json.SealedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases say who is at work; a lease of the dead says nothing. */
class LeasesTest {
  private static final String KEY = Hashes.hex("unit");

  private final Path folder;
  private final Leases leases;
  private final Leases others;

  LeasesTest(@TempDir Path folder) {
    this.folder = folder;
    this.leases = ArtifactStore.open(folder).leases();
    this.others = ArtifactStore.open(folder).leases();
    ArtifactStore.open(folder).prepare();
  }

  private Path file() {
    return folder.resolve("leases/" + KEY.substring(0, 2) + "/" + KEY + ".json");
  }

  private void write(Lease lease) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), SealedJson.write(lease));
  }

  private static Lease lease(String host, long pid, String began, Instant renewed) {
    return new Lease(SealedJson.FORMAT_VERSION, "t", host, pid, began, renewed.toString(), "r1");
  }

  @Test
  void oneHasItUntilItIsGivenBack() {
    Leases.Taken taken = leases.take(KEY, "r1").orElseThrow();
    assertThat(others.take(KEY, "r2")).isEmpty();
    assertThat(others.holder(KEY))
        .contains(
            "run r1 (process %d on %s)".formatted(ProcessHandle.current().pid(), Hosts.name()));
    assertThat(others.take(Hashes.hex("other unit"), "r2")).isPresent();

    taken.close();

    assertThat(leases.holder(KEY)).isEmpty();
    assertThat(file()).doesNotExist();
    try (Leases.Taken again = others.take(KEY, "r2").orElseThrow()) {
      taken.close();
      assertThat(others.holder(KEY)).hasValueSatisfying(who -> assertThat(who).contains("r2"));
      assertThat(again).isNotNull();
    }
  }

  @Test
  void renewalThatComesLate_bringsNothingBack() {
    Leases.Held held = (Leases.Held) leases.take(KEY, "r1").orElseThrow();
    held.close();
    held.renew();
    assertThat(file()).doesNotExist();
  }

  @Test
  void theDeadOnThisMachineHaveNone() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    write(lease(Hosts.name(), process.pid(), "", Instant.now()));
    assertThat(leases.holder(KEY)).isEmpty();

    // This process never took it: its number is that of one that is gone.
    write(lease(Hosts.name(), ProcessHandle.current().pid(), "", Instant.now()));
    assertThat(leases.holder(KEY)).isEmpty();

    // Nor does a process that got the number of the one that is gone.
    ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
    write(lease(Hosts.name(), parent.pid(), "2001-01-01T00:00:00Z", Instant.now()));
    assertThat(leases.holder(KEY)).isEmpty();
    write(lease(Hosts.name(), parent.pid(), "", Instant.now()));
    assertThat(leases.holder(KEY)).isPresent();
  }

  @Test
  void elsewhereItsTimeDecides() throws IOException {
    Instant now = Instant.now();
    Lease far = lease("elsewhere.example", 1, "", now);
    assertThat(leases.alive(far, now.plus(Leases.TERM))).isTrue();
    assertThat(leases.alive(far, now.plus(Leases.TERM).plusMillis(1))).isFalse();
    write(far);
    assertThat(leases.take(KEY, "r2")).isEmpty();
    write(far.at(now.minus(Leases.TERM.multipliedBy(2))));
    assertThat(leases.take(KEY, "r2")).isPresent();
  }

  @Test
  void aSpoiltOneIsNone() throws IOException {
    write(lease("elsewhere.example", 1, "", Instant.now()));
    String text = Files.readString(file());
    Files.writeString(file(), text.replace("elsewhere", "somewhere"));
    assertThat(leases.holder(KEY)).isEmpty();
    Files.writeString(file(), text.substring(0, text.length() / 2));
    assertThat(leases.take(KEY, "r2")).isPresent();
  }
}
