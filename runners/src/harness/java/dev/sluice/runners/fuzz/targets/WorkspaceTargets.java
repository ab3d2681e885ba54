package dev.sluice.runners.fuzz.targets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.ledger.LedgerRun;
import dev.sluice.pipelines.run.folder.DamagedRunException;
import dev.sluice.pipelines.run.folder.RunCheck;
import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.schedule.alerts.AlertMessage;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.Finding;
import dev.sluice.pipelines.store.StoreCheck;
import dev.sluice.pipelines.store.StoreException;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.records.Hashes;
import dev.sluice.records.json.Json;
import dev.sluice.records.json.JsonException;
import dev.sluice.records.json.NewerFormatException;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.runners.cli.WhereReads;
import dev.sluice.runners.fuzz.inputs.JsonEdits;
import dev.sluice.runners.fuzz.inputs.Odd;
import dev.sluice.runners.fuzz.inputs.Scratch;
import dev.sluice.runners.fuzz.inputs.WideText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a workspace holds, which others may have written or spoilt. */
final class WorkspaceTargets {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ATTEMPT = "20261124T100000000Z-0a1b2c3d";
  private static final String FOLDER = "artifacts/VerifySolutions/abc123/" + ATTEMPT + "/";
  private static final String RUN = "20261124-100000-00a1b2c3d";

  private static final String DIGEST = "0".repeat(79) + "1";

  /** Of the table's bytes. */
  private static final String SHA =
      "fbc62d3b511368ee275ddc74117d8689b430e1427220e25d30816201d89ca7b6";

  /** A newer attempt of the same work. */
  private static final String NEWER = "20261124T110000000Z-0a1b2c3e";

  /** Of how many inputs damaged files are set aside as well. */
  private static final int SELDOM = 8;

  private static final String MANIFEST =
      "{\"format_version\":1,\"stage_type\":\"VerifySolutions\",\"behaviour_version\":2,\"stage\":\"votes\",\"fingerprint\":\"abc123\",\"own_part\":\"def\",\"attempt\":\""
          + ATTEMPT
          + "\",\"table\":\"verifications\",\"config\":{\"votes\":8,\"x\":[1.5,null]},\"seed\":7,\"inputs\":{\"solutions\":{\"stage_type\":\"SampleSolutions\",\"fingerprint\":\"f\",\"attempt\":\"a\",\"table\":\"solutions\",\"digest\":\""
          + DIGEST
          + "\"}},\"models\":{\"verifier\":\"r\"},\"shards\":[{\"table\":\"verifications\",\"path\":\""
          + FOLDER
          + "votes.parquet\",\"rows\":1,\"bytes\":4,\"sha256\":\""
          + SHA
          + "\",\"digest\":\""
          + DIGEST
          + "\"}],\"model\":{\"path\":\""
          + FOLDER
          + "model\",\"files\":{\"config.json\":\"00\"},\"digest\":\"d\"},\"counts\":{\"in\":1,\"expected\":1,\"out\":1,\"dead\":0,\"unparsed\":0},\"usage\":{\"calls\":1,\"calls_from_cache\":0,\"prompt_tokens\":2,\"completion_tokens\":3,\"cost_usd\":0.5},\"metrics\":[{\"stage\":\"s\",\"round\":0,\"step\":0,\"name\":\"a/b\",\"value\":0.5,\"low\":0.1,\"n\":3}],\"reference_free\":true,\"warnings\":[\"w\"],\"versions\":{\"java\":\"17\"},\"computed_on\":[{\"processor\":\"p\",\"kernels\":\"k\",\"batch_invariant\":true}],\"started\":\"2026-11-24T10:00:00Z\",\"finished\":\"2026-11-24T10:00:01Z\",\"seconds\":1.5,\"units\":[{\"name\":\"00000\",\"key\":\"aabb\",\"seconds\":1.0,\"reused\":false}]}";

  private static final String UNIT =
      "{\"format_version\":1,\"key\":\"aabb\",\"name\":\"00000\",\"stage_type\":\"VerifySolutions\",\"fingerprint\":\"abc123\",\"attempt\":\""
          + ATTEMPT
          + "\",\"tables\":[{\"table\":\"verifications\",\"path\":\""
          + FOLDER
          + "votes.parquet\",\"rows\":1,\"bytes\":4,\"sha256\":\""
          + SHA
          + "\",\"digest\":\""
          + DIGEST
          + "\"}],\"counts\":{\"in\":1,\"expected\":1,\"out\":1,\"dead\":0,\"unparsed\":0},\"usage\":{\"calls\":1,\"calls_from_cache\":0,\"prompt_tokens\":2,\"completion_tokens\":3,\"cost_usd\":0.5},\"values\":{\"a\":1.0},\"computed_on\":[],\"seconds\":1.0}";

  private static final String LEASE =
      "{\"format_version\":1,\"token\":\"t\",\"host\":\"h\",\"pid\":5,\"began\":\"\",\"renewed\":\"2026-11-24T10:00:00Z\",\"who\":\"r\"}";

  private static final String RUN_FILES =
      "{\"report.json\":{\"run_id\":\""
          + RUN
          + "\",\"state\":\"finished\",\"reference_free\":true,\"seconds\":1.5,\"stages\":[{\"name\":\"votes\",\"type\":\"VerifySolutions\",\"fingerprint\":\"abc123\",\"state\":\"ran\",\"artifact\":\"artifacts/VerifySolutions/abc123/"
          + ATTEMPT
          + "\",\"rows_in\":1,\"rows_expected\":1,\"rows_out\":1,\"rows_dead\":0,\"rows_unparsed\":0,\"shards\":1,\"shards_reused\":0,\"calls\":1,\"calls_from_cache\":0,\"prompt_tokens\":1,\"completion_tokens\":1,\"cost_usd\":0.1,\"seconds\":1.0,\"error\":null}],\"metrics\":[{\"stage\":\"votes\",\"name\":\"m\",\"value\":0.5,\"low\":null,\"high\":0.6,\"n\":3}]},\"status.json\":{\"run_id\":\""
          + RUN
          + "\",\"state\":\"running\",\"file\":\"a.yaml\",\"started\":\"2026-11-24T10:00:00Z\",\"heartbeat\":\"2026-11-24T10:00:01Z\",\"latest\":\"2026-11-24T10:00:01Z\",\"pid\":5,\"host\":\"h\"},\"invocation.json\":{\"file\":\"a.yaml\",\"until\":null,\"only\":null,\"set\":[\"seed=3\"],\"param\":{\"x\":\"1\"},\"rerun\":{\"since\":\"1970-01-01T00:00:00Z\",\"extent\":\"all\",\"rows\":{\"stage\":\"votes\",\"where\":\"votes > 1\"},\"stages\":[\"votes\"]},\"submitted\":\""
          + Hashes.hex("name: p\n")
          + "\"},\"spec.json\":{\"name\":\"p\",\"seed\":7},\"events.jsonl\":[{\"time\":\"2026-11-24T10:00:00Z\",\"event\":\"run_started\"},{\"time\":\"2026-11-24T10:00:01Z\",\"event\":\"run_ended\"}],\"units.jsonl\":[{\"stage\":\"votes\",\"key\":\"aabb\",\"units\":[\"aabb\"]}],\"pipeline.yaml\":\"name: p\\n\",\"job.json\":{\"job\":\"x\"}}";

  private static final String ALERT =
      "{\"id\":\"i\",\"schedule\":\"s\",\"file\":\"f\",\"cause\":\"metric\",\"state\":\"raised\",\"at\":\"2026-11-24T10:00:00Z\",\"due\":null,\"run_id\":\"r\",\"text\":\"t\",\"metric\":{\"name\":\"m\",\"value\":0.5,\"below\":null,\"above\":1}}";

  private static final List<String> WORDS =
      List.of(
          "../x",
          "..",
          "a/b",
          "aabb",
          "votes",
          "running",
          "finished",
          "failed",
          "ran",
          "resumed",
          "reused",
          "pending",
          "not_run",
          "over_budget",
          "NaN",
          "Infinity",
          "artifacts",
          "units",
          "2026-11-24T10:00:00Z",
          "run_ended",
          "failure",
          "late",
          "recovered",
          DIGEST,
          "\0",
          ".",
          "C:\\x");

  private static final List<String> WHERE =
      List.of(
          "votes",
          "status",
          "agreement",
          "parsed",
          "usage.calls",
          "usage",
          "criteria.weight",
          "criteria",
          "text",
          "nowhere",
          "any(",
          "all(",
          ")",
          " = ",
          "=",
          "!=",
          "<",
          "<=",
          ">",
          ">=",
          "~",
          " and ",
          " AND ",
          " or ",
          "'",
          "\"",
          "tie",
          "3",
          "0.5",
          "true",
          "null",
          "1e400",
          "NaN",
          "0x1p3",
          "1d",
          " ",
          "(",
          ".",
          "..");

  private WorkspaceTargets() {}

  static List<Target> all() {
    JsonEdits sealed = new JsonEdits(List.of(MANIFEST, UNIT, LEASE), WORDS);
    JsonEdits manifests = new JsonEdits(List.of(MANIFEST), WORDS);
    JsonEdits runs = new JsonEdits(List.of(RUN_FILES), WORDS);
    JsonEdits alerts = new JsonEdits(List.of(ALERT), WORDS);
    JsonEdits any =
        new JsonEdits(List.of(MANIFEST, UNIT, RUN_FILES, ALERT, "[1,2.5,\"a\"]"), WORDS);
    return List.of(
        Target.named("json")
            .mutatedTexts(
                List.of(MANIFEST, UNIT, ALERT, "[1e5,-0.0,\"\\ud83d\\ude00\"]"), Odd.MARKS)
            .drawn(any::make)
            .refuses(JsonException.class)
            .covers(
                "dev.sluice.records.json.Json",
                "dev.sluice.records.json.JsonReader",
                "dev.sluice.records.json.JsonText")
            .readsText(WorkspaceTargets::json),
        Target.named("manifests")
            .mutatedTexts(List.of(seal(MANIFEST)), List.of("\"", "{", "}", ",", "1", "null"))
            .drawn(draw -> seal(manifests.make(draw)))
            .drawn(draw -> seal(manifests.make(draw)))
            .refuses(NewerFormatException.class)
            .covers(
                "dev.sluice.records.manifest.Manifest",
                "dev.sluice.records.json.SealedJson",
                "dev.sluice.records.json.JsonBinder")
            .reads(() -> WorkspaceTargets::manifest),
        Target.named("stores")
            .mutatedTexts(List.of(seal(MANIFEST), seal(UNIT), seal(LEASE)), List.of("\"", "{", "1"))
            .drawn(draw -> seal(sealed.make(draw)))
            .drawn(draw -> seal(sealed.make(draw)))
            .refuses(StoreException.class)
            .refuses(NewerFormatException.class)
            .covers(
                "dev.sluice.pipelines.store.StoreCheck",
                "dev.sluice.pipelines.store.SealedFile",
                "dev.sluice.pipelines.store.replies.ReplyCheck",
                "dev.sluice.pipelines.store.ContentCheck",
                "dev.sluice.pipelines.store.Attempt")
            .notCounted(
                "makes a new name",
                "dev.sluice.pipelines.store.Attempt.begin",
                "dev.sluice.pipelines.store.Attempt.token")
            .notCounted(
                "copies files from a workspace elsewhere",
                "dev.sluice.pipelines.store.ContentCheck.fetch")
            .notCounted(
                "says why the system cannot read a file, whatever it holds",
                "dev.sluice.pipelines.store.StoreCheck.unreadable",
                "dev.sluice.pipelines.store.replies.ReplyCheck.unreadable")
            .reads(WorkspaceTargets::store),
        Target.named("runs")
            .mutatedTexts(List.of(RUN_FILES), List.of("\"", "{", "}", ",", "null", "1e400"))
            .drawn(runs::make)
            .refuses(DamagedRunException.class)
            .covers(
                "dev.sluice.pipelines.run.folder.RunCheck",
                "dev.sluice.pipelines.run.folder.RunFile",
                "dev.sluice.pipelines.run.folder.RunReport",
                "dev.sluice.pipelines.run.folder.StageReport",
                "dev.sluice.pipelines.run.folder.Invocation",
                "dev.sluice.pipelines.run.folder.RunSeal",
                "dev.sluice.pipelines.ledger.LedgerRun")
            .notCounted(
                "writes",
                "dev.sluice.pipelines.run.folder.Invocation.toJson",
                "dev.sluice.pipelines.run.folder.RunSeal.seal")
            .notCounted(
                "makes a value out of another one, of what the program itself knows",
                "dev.sluice.pipelines.run.folder.Invocation.with",
                "dev.sluice.pipelines.run.folder.Invocation.set",
                "dev.sluice.pipelines.run.folder.Invocation.path",
                "dev.sluice.pipelines.run.folder.Invocation.upTo",
                "dev.sluice.pipelines.run.folder.RunReport.with",
                "dev.sluice.pipelines.run.folder.StageReport.pending",
                "dev.sluice.pipelines.run.folder.StageReport.with",
                "dev.sluice.pipelines.run.folder.StageReport.after",
                "dev.sluice.pipelines.run.folder.StageReport.known",
                "dev.sluice.pipelines.run.folder.StageReport.stopped",
                "dev.sluice.pipelines.run.folder.StageReport.failed")
            .reads(WorkspaceTargets::run),
        Target.named("alerts")
            .mutatedTexts(List.of(ALERT), List.of("\"", "{", "}", ",", "null"))
            .drawn(alerts::make)
            .refuses(IllegalArgumentException.class)
            .covers("dev.sluice.pipelines.schedule.alerts.AlertMessage")
            .readsText(
                text -> {
                  String written = AlertMessage.parse(text).json();
                  Broken.unless(
                      AlertMessage.parse(written).json().equals(written), "It is read as written.");
                  return true;
                }),
        Target.named("where")
            .mutatedTexts(
                List.of(
                    "votes >= 3 and status = tie",
                    "any(agreement) < 0.5",
                    "text ~ 'it and so' and parsed = true",
                    "all( criteria.weight ) != 1 and usage.calls = null"),
                WHERE)
            .marks(WHERE)
            .covers("dev.sluice.records.RowFilter")
            .readsText(WhereReads::read));
  }

  /** The JSON with its hash, or the text itself where it is no JSON. */
  private static String seal(String json) {
    try {
      if (!(Json.parse(json) instanceof Map<?, ?> parsed)) {
        return json;
      }
      Map<String, Object> tree = new LinkedHashMap<>();
      parsed.forEach((key, value) -> tree.put(key.toString(), value));
      tree.remove("hash");
      tree.put("hash", Hashes.hex(Json.canonical(tree)));
      return Json.compact(tree);
    } catch (JsonException e) {
      return json;
    }
  }

  private static boolean json(String text) {
    Object value = Json.parse(text);
    String canonical = Json.canonical(value);
    if (canonical.codePoints().anyMatch(code -> Character.getType(code) == Character.SURROGATE)) {
      return true; // Half a character has no bytes.
    }
    Broken.unless(
        Json.canonical(Json.parse(canonical)).equals(canonical), "One form: %s", canonical);
    Json.pretty(value);
    return true;
  }

  private static boolean manifest(byte[] input) {
    Optional<Manifest> manifest = Manifest.read(input, "manifest.json");
    manifest.ifPresent(
        each -> {
          String written = each.toJson();
          each.digest();
          Broken.unless(
              Manifest.read(WideText.bytes(written), "x")
                  .map(Manifest::toJson)
                  .equals(Optional.of(written)),
              "It is read as written.");
        });
    return manifest.isPresent();
  }

  private static Target.Reader store() {
    Scratch scratch = Scratch.create();
    Path root = scratch.folder().resolve("workspace");
    ArtifactStore.open(root).prepare();
    Path manifest = root.resolve(FOLDER + "manifest.json");
    Path unit = root.resolve("units/aa/aabb.json");
    Path lease = root.resolve("leases/aa/aabb.json");
    try {
      for (Path each : List.of(manifest, unit, lease)) {
        Files.createDirectories(each.getParent());
      }
      Files.writeString(root.resolve(FOLDER + "votes.parquet"), "PAR1");
      Path model = Files.createDirectories(root.resolve(FOLDER + "model"));
      Files.writeString(model.resolve("config.json"), "PAR1");
      Path newer = root.resolve(FOLDER.replace(ATTEMPT, NEWER));
      Files.createDirectories(newer);
      Files.writeString(newer.resolve("votes.parquet"), "PAR1");
      Files.writeString(newer.resolve("manifest.json"), seal(MANIFEST.replace(ATTEMPT, NEWER)));
      Files.writeString(root.resolve("units/aa/note.txt"), "a note");
      Files.createDirectories(root.resolve("artifacts/VerifySolutions/abc123/.stranger"));
      Files.createDirectories(root.resolve("cache/responses"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return input -> {
      String text = WideText.text(input);
      boolean ofUnit = text.contains("\"key\":\"aabb\",\"name\"");
      Files.write(
          manifest, ofUnit || text.contains("\"token\"") ? WideText.bytes(seal(MANIFEST)) : input);
      Files.write(unit, ofUnit ? input : WideText.bytes(seal(UNIT)));
      Files.write(lease, text.contains("\"token\"") ? input : WideText.bytes(seal(LEASE)));
      Files.write(root.resolve("cache/responses/a.replies"), input);
      ArtifactStore store = ArtifactStore.openDamaged(Workspace.of(root));
      StoreCheck check = store.check();
      check.findings().forEach(WorkspaceTargets::check);
      for (Artifact artifact : store.committed()) {
        artifact.manifest().counts();
      }
      store.all();
      store.latest();
      Attempt.in(FOLDER.substring(0, FOLDER.length() - 1))
          .ifPresent(
              attempt -> {
                check.refersTo(attempt, "the run x, stage 'y',");
                boolean unused = check.knows(attempt);
              });
      Broken.unless(
          check.files() >= 0 && check.bytes() >= 0 && check.madeAnew() >= 0, "Numbers of files.");
      if (input.length % SELDOM == 0) {
        long damaged =
            check.findings().stream().filter(f -> f.kind() == Finding.Kind.DAMAGED).count();
        Broken.unless(check.setAside() == damaged, "Each damaged file is set aside.");
        reset(root);
      }
      return check.artifacts() > 0;
    };
  }

  /** Removes what was set aside, and puts back what others need. */
  private static void reset(Path root) throws IOException {
    List<Path> aside;
    try (Stream<Path> all = Files.walk(root)) {
      aside = all.filter(each -> each.toString().contains(".damaged")).toList();
    }
    for (Path each : aside) {
      if (Files.exists(each)) {
        Scratch.remove(each);
      }
    }
    Files.createDirectories(root.resolve(FOLDER + "model"));
    Files.createDirectories(root.resolve("cache/responses"));
    Files.writeString(root.resolve(FOLDER + "votes.parquet"), "PAR1");
    Files.writeString(root.resolve(FOLDER + "model/config.json"), "PAR1");
    ArtifactStore.openDamaged(Workspace.of(root)).prepare();
  }

  private static void check(Finding finding) {
    Sentence.quoted(finding.problem());
    Sentence.quoted(finding.next());
  }

  private static Target.Reader run() {
    Scratch scratch = Scratch.create();
    Path root = scratch.folder().resolve("workspace");
    ArtifactStore.open(root).prepare();
    return input -> {
      Path workspace = scratch.freshFolder();
      Path folder = Files.createDirectories(workspace.resolve("runs/" + RUN));
      try {
        lay(folder, WideText.text(input));
        RunFolder run = RunFolder.of(Workspace.of(workspace), RUN);
        List<Finding> found = new ArrayList<>(RunCheck.of(run));
        found.forEach(WorkspaceTargets::check);
        if (found.size() % 2 == 0) {
          Files.createFile(workspace.resolve("runs/" + RUN.replace("a1", "a2")));
        }
        StoreCheck store = ArtifactStore.openDamaged(Workspace.of(root)).check();
        Broken.unless(RunCheck.all(Workspace.of(workspace), store) == 1, "There is one run.");
        store.findings().forEach(WorkspaceTargets::check);
        Broken.unless(!LedgerRun.read(run).run().state().isEmpty(), "A run has a state.");
        RunReport report = run.report();
        if (report != null) {
          RunReport.fromJson(report.toJson());
        }
        boolean unused = run.invocation() == null;
        return found.isEmpty();
      } finally {
        Scratch.remove(workspace);
      }
    };
  }

  private static void lay(Path folder, String text) throws IOException {
    JsonNode tree;
    try {
      tree = JsonEdits.tree(text);
    } catch (UncheckedIOException e) {
      Files.write(folder.resolve("report.json"), WideText.bytes(text));
      return;
    }
    for (Map.Entry<String, JsonNode> each : tree.properties()) {
      JsonNode value = each.getValue();
      StringBuilder content = new StringBuilder();
      if (each.getKey().endsWith(".jsonl") && value.isArray()) {
        value.forEach(line -> content.append(line).append('\n'));
      } else {
        content.append(value.isTextual() ? value.asText() : sealed(value));
      }
      if (each.getKey().matches("[a-z]{3,20}\\.[a-z]{3,5}")) {
        Files.write(folder.resolve(each.getKey()), WideText.bytes(content.toString()));
      }
    }
  }

  /** Every other object with its hash, as the program writes it. */
  private static String sealed(JsonNode value) {
    if (!(value instanceof ObjectNode object) || value.size() % 2 == 0) {
      return value.toString();
    }
    try {
      ObjectNode content = JSON.createObjectNode().setAll(object);
      content.put(
          "hash", Hashes.hex(Json.canonical(Json.parse(object.toString()))).substring(0, 16));
      return content.toString();
    } catch (JsonException e) {
      return value.toString();
    }
  }
}
