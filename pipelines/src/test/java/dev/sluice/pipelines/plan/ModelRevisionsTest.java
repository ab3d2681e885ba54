package dev.sluice.pipelines.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.builtin.BuiltinModels;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.file.PipelineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of before are found again: what is known of a model in a fingerprint stays as it was. */
class ModelRevisionsTest {
  private static final String FILE =
      """
      models:
        plain: {provider: djl, from: "builtin:tiny-solver"}
        placed: {provider: djl, from: "builtin:tiny-solver", device: cpu}
        half: {provider: djl, from: "builtin:tiny-solver", dtype: bfloat16}
        cut: {provider: djl, from: "builtin:tiny-solver", max_prompt_length: 100}
        folder: {provider: djl, from: "FOLDER"}
        chat: {provider: djl, from: "FOLDER", endpoint: chat}
        half_chat: {provider: djl, from: "FOLDER", endpoint: chat, dtype: bfloat16}
        server: {provider: openai, base_url: "http://127.0.0.1:1/v1", model: m, revision: "7"}
        other: {provider: openai, base_urls: ["http://a/v1", "http://b/v1"], model: m, revision: "7", max_in_flight: 2, price: {prompt: 1, completion: 2}}
        asked: {provider: openai, base_url: "http://127.0.0.1:1/v1", model: m, revision: "7", endpoint: completions, logprobs: true, request: {reasoning_effort: low, max_completion_tokens: $max_tokens}}
        encoder: {provider: onnx}
        named: {provider: onnx, from: "builtin:all-minilm-l6-v2"}
        script: {provider: scripted, replies: {"2+2": ["4", "5"], "*": ["no"]}}
      pipeline:
        transforms:
          - type: SynthesizeProblems
            config: {source: {kind: arithmetic, count: 4}}
      """;

  @Test
  void everyProviderKeepsItsRevisions(@TempDir Path temporary) throws IOException {
    Path folder = temporary.resolve("model");
    Files.createDirectory(folder);
    try (Stream<Path> files = Files.list(BuiltinModels.folder("tiny-solver"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages[0].content }}:");
    String text = FILE.replace("FOLDER", folder.toString());
    LoadResult loaded =
        PipelineFile.load("f.yaml", text, Map.of(), List.of(), Map.of(), Registry.get());
    assertThat(loaded.mistakes()).isEmpty();
    PipelineSpec spec = loaded.spec().orElseThrow();
    Map<String, String> revisions = new TreeMap<>();
    ContentHasher contents = new ContentHasher();
    spec.models().forEach((name, model) -> revisions.put(name, contents.ofModel(model).revision()));
    String encoder = "2de2ac5676ed3998bfbdf497d6ca41692dfa4237056506236a67b174084f1136";
    String plain = "0806a482768c1db4d9f96c596bdf5d4a4b9529c708883d21f769543fff9706c2";
    Map<String, String> before = new TreeMap<>();
    before.put("plain", plain);
    before.put("placed", plain);
    before.put("half", "4817b1d31c1ee457b7f384ac0e550e707f88f5b6a775970cf27cf8e805f65ffd");
    before.put("cut", "ac880924315333ce332463aa9c43990358109d2358ee46dc2e0f69b026e16562");
    before.put("folder", "56274708ef124987fbbb33187ad59acbab7fb522b63aeea0a1de9938539ef3d8");
    before.put("chat", "57d155b4035e50331a1b3879880ee40220ed931a567f3ff0fa53a7c3793ac227");
    before.put("half_chat", "04d3f988502ed4c4c94ca769b2cf0fbb82d8d49f55bd6a0ac3c8e8da75cebf53");
    before.put("server", "m@7/chat");
    before.put("other", "m@7/chat");
    before.put("asked", "m@7/completions+logprobs+request:c373b8573d08");
    before.put("encoder", encoder);
    before.put("named", encoder);
    before.put("script", "3d584176815781a7213f2dabe384c13fa34d3ccb543e1f6fd7ba9295ff88d87b");
    assertThat(revisions).isEqualTo(before);
  }
}
