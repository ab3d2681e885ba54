package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import dev.sluice.records.RegularFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes an adapter's folder as PEFT reads it. */
public final class AdapterWriter {
  private AdapterWriter() {}

  /**
   * Writes the files; the folder is made if it is not there.
   *
   * @param base folder of the model that the adapter stands on
   * @param head of the adapted model
   * @param targets ends of the names of the adapted modules
   * @param tensors by the names that PEFT gives them
   * @throws ModelException if the disk does not take them
   */
  public static void write(
      Path folder,
      Path base,
      Head head,
      int rank,
      double alpha,
      List<String> targets,
      Map<String, Tensor> tensors) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("peft_type", "LORA");
    json.put("base_model_name_or_path", base.toAbsolutePath().normalize().toString());
    json.put("inference_mode", true);
    json.put("r", rank);
    ConfigWriter.putNumber(json, "lora_alpha", alpha);
    json.put("lora_dropout", 0.0).put("bias", "none").put("fan_in_fan_out", false);
    json.put("use_rslora", false).put("use_dora", false).put("init_lora_weights", true);
    ArrayNode modules = json.putArray("target_modules");
    targets.stream().sorted().forEach(modules::add);
    switch (head) {
      case LANGUAGE_MODEL -> json.put("task_type", "CAUSAL_LM").putNull("modules_to_save");
      case SEQUENCE_CLASSIFICATION -> json.put("task_type", "SEQ_CLS");
      case STEP_CLASSIFICATION -> json.put("task_type", "TOKEN_CLS");
    }
    if (head != Head.LANGUAGE_MODEL) {
      json.putArray("modules_to_save").add("classifier").add("score");
    }
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(AdapterConfig.FILE), ModelDirectory.pretty(json));
      Safetensors.write(folder.resolve(Adapter.WEIGHTS), tensors, Map.of("format", "pt"));
    } catch (IOException e) {
      throw new ModelException(
          "The adapter cannot be written to " + folder + ": " + RegularFiles.why(e), e);
    }
  }
}
