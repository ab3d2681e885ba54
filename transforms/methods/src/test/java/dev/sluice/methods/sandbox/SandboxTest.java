package dev.sluice.methods.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs that do what they must not, really run. Where the kernel gives no sandbox, each test
 * checks the refusal instead.
 */
class SandboxTest {
  private static final SandboxLimits LIMITS = new SandboxLimits(2, 20, 256, 1, 8, 6);
  private static boolean refused;

  @BeforeAll
  static void open() {
    try {
      Sandbox.open("python3", LIMITS);
    } catch (SandboxException e) {
      refused = true;
      assertThat(e).hasMessageContaining("cannot give a sandbox");
    }
  }

  private static void check(String program, SandboxEnd end, String output) {
    check(LIMITS, program, end, output);
  }

  private static void check(SandboxLimits limits, String program, SandboxEnd end, String output) {
    if (refused) {
      assertThatThrownBy(() -> Sandbox.open("python3", limits))
          .isInstanceOf(SandboxException.class);
      return;
    }
    SandboxResult result = Sandbox.open("python3", limits).run("p.py", program, "7\n");
    assertThat(result.end()).as(result.words() + "\n" + result.output()).isEqualTo(end);
    assertThat(result.output()).contains(output);
  }

  @Test
  void program_readsItsInput_andPrints() {
    check("print(int(input()) + 1)", SandboxEnd.DONE, "8\n");
  }

  @Test
  void program_thatFails_isNamedWithItsError() {
    check("print('so far')\nint('x')", SandboxEnd.FAILED, "so far");
  }

  @Test
  void program_thatExitsWithZero_isDone() {
    check("import sys\nsys.exit(0)", SandboxEnd.DONE, "");
  }

  /** The first process of the sandbox has the same user, and says at last how the program ended. */
  @Test
  void program_thatLimitsTheFirstProcess_isKilledAlone() {
    check(
        "import resource\nresource.prlimit(1, resource.RLIMIT_FSIZE, (0, 0))",
        SandboxEnd.KILLED,
        "");
  }

  @Test
  void program_thatComputesForever_isEndedByProcessorTime() {
    check("while True: pass", SandboxEnd.CPU, "");
  }

  @Test
  void program_thatSleeps_isEndedByTheClock() {
    check(
        new SandboxLimits(1, 2, 256, 1, 8, 6),
        "import time\nprint('begun', flush=True)\ntime.sleep(1000)",
        SandboxEnd.TIME,
        "begun");
  }

  @Test
  void program_thatForks_isEnded_andLeavesNoProcess() throws Exception {
    check("import os\nwhile True: os.fork()", SandboxEnd.PROCESSES, "");
    check(
        "import os, sys, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(987654)\nprint('left')",
        SandboxEnd.DONE,
        "left");
    assertThat(
            ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("987654")))
        .isEmpty();
  }

  @Test
  void program_thatStartsThreads_isEnded() {
    check(
        "import threading, time\nfor i in range(50): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()",
        SandboxEnd.PROCESSES,
        "");
  }

  @Test
  void program_thatFillsItsFolder_isEnded() {
    check("for i in range(100): open(f'f{i}', 'wb').write(b'x' * 500_000)", SandboxEnd.DISK, "");
  }

  @Test
  void program_thatWritesALargeFile_isEnded() {
    check("open('f', 'wb').write(b'x' * 5_000_000)", SandboxEnd.OUTPUT, "");
  }

  @Test
  void program_thatPrintsOneGigabyte_isEnded() {
    check("for i in range(1000): print('x' * 1_000_000)", SandboxEnd.OUTPUT, "xxx");
  }

  @Test
  void program_thatTakesMemory_isEnded() {
    check("x = bytearray(1 << 30)", SandboxEnd.MEMORY, "");
  }

  @Test
  void program_thatOpensASocket_hasNoNetwork() {
    check("import socket\nsocket.create_connection(('127.0.0.1', 22), 1)", SandboxEnd.NETWORK, "");
    check("import socket\nsocket.create_connection(('1.1.1.1', 80), 1)", SandboxEnd.NETWORK, "");
  }

  @ParameterizedTest
  @CsvSource({"/etc/passwd", "/root", "/home", "/proc/self/environ", "/tmp", "/sys", "/old"})
  void program_thatReadsOutside_seesNothing(String path) {
    check(
        "import os\nprint(os.path.lexists('%s'), os.listdir('/work'))".formatted(path),
        SandboxEnd.DONE,
        "False ['p.py']");
  }

  @ParameterizedTest
  @CsvSource({"/usr/bin/x", "/x", "/usr/lib/x"})
  void program_thatWritesOutside_isNamed(String path) {
    check("open('%s', 'w')".formatted(path), SandboxEnd.OUTSIDE, "");
  }

  @Test
  void program_thatWantsPrivileges_hasNone() {
    check(
        "import ctypes\nc = ctypes.CDLL(None)\n"
            + "print([c.unshare(f) for f in (0x10000000, 0x20000, 0x40000000)], c.mount(b'x', b'/work', b'tmpfs', 0, None), c.chroot(b'/work'), c.setuid(12))",
        SandboxEnd.DONE,
        "[-1, -1, -1] -1 -1 -1");
  }

  @Test
  void program_thatKillsItsFirstProcess_cannot() {
    check(
        "import os, signal, time\nos.kill(1, signal.SIGKILL)\nos.kill(1, signal.SIGTERM)\ntime.sleep(0.2)\nprint('alive')",
        SandboxEnd.DONE,
        "alive");
  }

  @Test
  void variablesOfThisProcess_areNotPassedOn() {
    check(
        "import os\nprint(sorted(os.environ))",
        SandboxEnd.DONE,
        "['HOME', 'LANG', 'PATH', 'PYTHONDONTWRITEBYTECODE', 'PYTHONHASHSEED', 'TMPDIR']");
  }

  @Test
  void interpreterThatIsMissing_isRefused() {
    assertThatThrownBy(() -> Sandbox.open("no-such-python", LIMITS))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("no interpreter 'no-such-python'");
  }

  @Test
  void interpreterThatOthersCannotRead_isRefused(@TempDir Path folder) throws Exception {
    Path copy = Files.createDirectories(folder.resolve("a/b")).resolve("run");
    Files.writeString(copy, "#!/bin/sh\nexit 3\n");
    assertThat(copy.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> Sandbox.open(copy.toString(), LIMITS))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("cannot give a sandbox");
  }

  @Test
  void temporaryFolders_areRemoved() throws Exception {
    if (!refused) {
      long before = jails();
      Sandbox.open("python3", LIMITS).run("p.py", "print(1)", "");
      assertThat(jails()).isEqualTo(before);
    }
  }

  private static long jails() throws Exception {
    try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("sluice-sandbox")).count();
    }
  }

  @Test
  void commandAndFiles_areGivenAsTheyAre() {
    if (!refused) {
      SandboxResult result =
          Sandbox.untried(Interpreter.find("python3", true), LIMITS)
              .run(List.of("cat", "a", "b"), Map.of("a", "é\n", "b", "'\"$"), "");
      assertThat(result.output()).isEqualTo("é\n'\"$");
    }
  }
}
