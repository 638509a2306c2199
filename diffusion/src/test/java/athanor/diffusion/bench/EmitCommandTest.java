package athanor.diffusion.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import athanor.diffusion.json.Json;
import athanor.diffusion.program.ComputeType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmitCommandTest {

    @TempDir
    Path folder;

    /** A constant on another device than the rest would end the first step on a card. */
    @Test
    void theProgramIsForTheDeviceAndTheTypeAlone() throws Exception {
        EmitCommand.emit(
                Path.of("src/test/resources/parity/sdxl"), folder, Device.of("meta", -1), ComputeType.BFLOAT16, 4);

        String program;
        try (ZipFile archive = new ZipFile(folder.resolve("training.pt").toFile())) {
            program = new String(
                    archive.getInputStream(archive.getEntry("program/code/__torch__.py"))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        }
        assertThat(program)
                .contains("def gradient(", "def adamw(", "torch.device(\"meta\")")
                .doesNotContain("torch.device(\"cpu\")", "torch.tensor(", "ops.mkldnn");
        Map<String, Object> table = Json.parseObject(Files.readAllBytes(folder.resolve("training.json")));
        assertThat(table.get("weights").toString()).contains("unet/conv_in.weight=[8, 4, 3, 3]");
        assertThat((Long) table.get("parameters")).isPositive();
    }
}
