package dev.sluice.models.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ObjectNode small() throws Exception {
    return (ObjectNode)
        JSON.readTree(
            """
            {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu",
             "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4,
             "num_key_value_heads": 2, "intermediate_size": 96, "rms_norm_eps": 1e-05,
             "rope_theta": 500000.0, "vocab_size": 30, "max_position_embeddings": 128,
             "tie_word_embeddings": true, "eos_token_id": [7, 2], "pad_token_id": 3}
            """);
  }

  private static ModelConfig parse(JsonNode json) {
    return ModelConfig.parse(json, "m/config.json");
  }

  @Test
  void readsWhatHuggingFaceWrites() throws Exception {
    assertThat(parse(small()))
        .isEqualTo(
            new ModelConfig(
                Head.LANGUAGE_MODEL,
                64,
                2,
                4,
                2,
                16,
                96,
                1e-5,
                500_000,
                true,
                30,
                128,
                List.of(2, 7),
                3));
  }

  @Test
  void readsTheRotaryBaseOfVersionFive() throws Exception {
    ObjectNode json = small();
    json.remove("rope_theta");
    json.putObject("rope_parameters").put("rope_type", "default").put("rope_theta", 1234.0);
    assertThat(parse(json).ropeTheta()).isEqualTo(1234);
  }

  @Test
  void fillsInWhatHuggingFaceLeavesOut() throws Exception {
    ObjectNode json = small();
    json.remove(List.of("num_key_value_heads", "rms_norm_eps", "rope_theta", "eos_token_id"));
    json.remove(List.of("pad_token_id", "tie_word_embeddings"));
    ModelConfig config = parse(json);
    assertThat(config.keyValueHeads()).isEqualTo(4);
    assertThat(config.rmsNormEpsilon()).isEqualTo(1e-6);
    assertThat(config.ropeTheta()).isEqualTo(10_000);
    assertThat(config.endTokens()).containsExactly(2);
    assertThat(config.padToken()).isEqualTo(2);
    assertThat(config.tieWordEmbeddings()).isFalse();
  }

  @Test
  void writesWhatItReads() throws Exception {
    ModelConfig config = parse(small());
    assertThat(parse(config.toJson())).isEqualTo(config);
    ModelConfig classifier = config.with(Head.STEP_CLASSIFICATION).withEndTokens(List.of());
    assertThat(parse(classifier.toJson())).isEqualTo(classifier);
    assertThat(classifier.toJson().path("architectures").path(0).asText())
        .isEqualTo("LlamaForTokenClassification");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model_type | \"mamba\" | model_type is \"mamba\", which changes the computation and is not"
            + " supported; supported is \"llama\".",
        "hidden_act | \"quick_gelu\" | hidden_act is \"quick_gelu\", which changes the computation and"
            + " is not supported; supported is \"silu\", \"gelu\", \"gelu_pytorch_tanh\", \"relu\".",
        "quantization_config | {} | quantization_config is {}, which changes the computation and is"
            + " not supported; supported is absent.",
        "rope_scaling | {\"rope_type\": \"yarn\", \"factor\": 4} | rope_type is \"yarn\", which"
            + " changes the computation and is not supported; supported is \"default\","
            + " \"linear\" or \"llama3\".",
        "rope_scaling | {\"type\": \"linear\"} | factor must be a number above 0, but is absent.",
        "rope_parameters | {\"full_attention\": {}} | rope_parameters is keyed by full_attention,"
            + " which changes the computation and is not supported; supported is one set of"
            + " parameters in this family.",
        "partial_rotary_factor | 0.5 | partial_rotary_factor is 0.5, which changes the computation"
            + " and is not supported; supported is 1.",
        "architectures | [\"GPT2LMHeadModel\"] | the architecture GPT2LMHeadModel is not supported;"
            + " supported are LlamaForCausalLM, LlamaForSequenceClassification,"
            + " LlamaForTokenClassification, MistralForCausalLM,"
            + " MistralForSequenceClassification, MistralForTokenClassification,"
            + " Qwen2ForCausalLM, Qwen2ForSequenceClassification, Qwen2ForTokenClassification,"
            + " Qwen3ForCausalLM, Qwen3ForSequenceClassification, Qwen3ForTokenClassification,"
            + " Gemma3ForCausalLM, Gemma3TextForSequenceClassification.",
        "architectures | [\"LlamaForSequenceClassification\"] | num_labels is 2, which changes the"
            + " computation and is not supported; supported is 1.",
        "hidden_size | \"wide\" | hidden_size must be a whole number, but is \"wide\".",
        "vocab_size | 0 | vocab_size must be at least 1, but is 0.",
        "num_key_value_heads | 3 | num_key_value_heads must divide num_attention_heads, but 3 does"
            + " not divide 4.",
      })
  void refusesByName(String key, String value, String message) throws Exception {
    ObjectNode json = small();
    json.set(key, JSON.readTree(value));
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(ModelException.class)
        .hasMessage("m/config.json: " + message);
  }

  @ParameterizedTest
  @CsvSource({"Correct, Incorrect, true", "+, -, true", "incorrect, correct, false", "a, b, false"})
  void headWhoseLabelsAreTheOtherWayRound_isRefused(String zero, String one, boolean refused)
      throws Exception {
    ObjectNode json = small();
    json.set("architectures", JSON.readTree("[\"LlamaForTokenClassification\"]"));
    json.putObject("id2label").put("0", zero).put("1", one);
    if (refused) {
      assertThatThrownBy(() -> parse(json))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "m/config.json: label 0 of id2label is \"%s\", which changes the computation and is not supported; supported is label 1 for a step that is correct."
                  .formatted(zero));
    } else {
      assertThat(parse(json).head()).isEqualTo(Head.STEP_CLASSIFICATION);
    }
  }

  @Test
  void bothSpellingsOfGemmaAreTheSame() throws Exception {
    String common =
        "{\"architectures\": [\"Gemma3ForCausalLM\"], \"model_type\": \"gemma3_text\","
            + "\"num_hidden_layers\": 3, \"sliding_window\": 512,";
    ModelConfig four =
        parse(
            JSON.readTree(
                common
                    + "\"rope_theta\": 5000.0, \"rope_local_base_freq\": 70.0,"
                    + "\"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 8.0},"
                    + "\"sliding_window_pattern\": 2}"));
    ModelConfig five =
        parse(
            JSON.readTree(
                common
                    + "\"rope_parameters\": {\"full_attention\": {\"rope_type\": \"linear\","
                    + "\"factor\": 8.0, \"rope_theta\": 5000.0}, \"sliding_attention\":"
                    + "{\"rope_type\": \"default\", \"rope_theta\": 70.0}}, \"layer_types\":"
                    + "[\"sliding_attention\", \"full_attention\", \"sliding_attention\"]}"));
    assertThat(four).isEqualTo(five);
    Traits.Layer local = new Traits.Layer(512, Rope.plain(70));
    assertThat(four.traits().layers())
        .containsExactly(local, new Traits.Layer(0, Rope.linear(5000, 8)), local);
    assertThat(four.headDim()).isEqualTo(256);
    assertThat(four.tieWordEmbeddings()).isTrue();
    assertThat(four.vocabularySize()).isEqualTo(262_208);
    assertThat(parse(four.toJson())).isEqualTo(four);
  }
}
