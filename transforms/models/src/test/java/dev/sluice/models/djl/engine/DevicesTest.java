package dev.sluice.models.djl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.sluice.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("native")
class DevicesTest {
  @Test
  void everyGpuHasAReplica() {
    assertThat(Devices.of("cpu", 2)).containsExactly(Device.cpu());
    assertThat(Devices.of("auto", 0)).containsExactly(Device.cpu());
    for (String all : List.of("auto", "cuda")) {
      assertThat(Devices.of(all, 3)).containsExactly(Device.gpu(0), Device.gpu(1), Device.gpu(2));
    }
    assertThat(Devices.of("cuda:1", 2)).containsExactly(Device.gpu(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cuda|0|no GPU",
        "cuda:0|0|no GPU",
        "cuda:1|1|one GPU, cuda:0",
        "cuda:2|2|GPUs cuda:0 to cuda:1"
      })
  void namesAGpuThatIsNotThere(String device, int gpus, String seen) {
    assertThatThrownBy(() -> Devices.of(device, gpus))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The device '%s' is not there: the engine sees %s on this machine. Look at nvidia-smi and the driver, or set device: cpu."
                .formatted(device, seen));
  }

  @Test
  void countsTheGpusOfTheDriver(@TempDir Path folder) throws IOException {
    assertThat(NativeEngine.listed(folder.resolve("absent"), null)).isZero();
    for (String gpu : List.of("0000:01:00.0", "0000:41:00.0", "0000:81:00.0")) {
      Files.createDirectory(folder.resolve(gpu));
    }
    assertThat(NativeEngine.listed(folder, null)).isEqualTo(3);
    assertThat(NativeEngine.listed(folder, "1, 2")).isEqualTo(2);
    assertThat(NativeEngine.listed(folder, "0,1,2,3")).isEqualTo(3);
    assertThat(NativeEngine.listed(folder, "")).isZero();
    assertThat(NativeEngine.listed(folder, "-1")).isZero();
    assertThat(NativeEngine.listed(folder, "0,-1,1")).isEqualTo(1);
  }

  @Test
  void replicasOfEachModelTakeTurns() {
    DeviceTurns turns = new DeviceTurns();
    List<Device> two = List.of(Device.gpu(0), Device.gpu(1));
    for (int round = 0; round < 2; round++) {
      // A policy and a judge, opened one after the other by every unit.
      assertThat(turns.next(two, "policy")).isEqualTo(Device.gpu(round));
      assertThat(turns.next(two, "judge")).isEqualTo(Device.gpu(round));
    }
    assertThat(turns.next("cpu", "policy")).isEqualTo(Device.cpu());
  }
}
