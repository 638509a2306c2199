package athanor.tools.emit;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.json.Json;
import athanor.tools.DiffusionTools;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmitCommandTest {

    @TempDir
    Path folder;

    /** A constant on another device than the rest would end the first step on a card. */
    @Test
    void theProgramIsForTheDeviceAndTheTypeAlone() throws Exception {
        String base = "../diffusion/src/test/resources/parity/sdxl";
        assertThat(DiffusionTools.commandLine().execute("emit", base, folder.toString(), "meta", "bfloat16", "4"))
                .isZero();

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

    @Test
    void whatIsMissingOrMakesNoSenseIsNamed() {
        assertThat(refusal("base")).isEqualTo("athanor emit: the folder is missing; try --help\n");
        assertThat(refusal("base", "folder", "tpu"))
                .isEqualTo("athanor emit: the device is 'tpu', wanted cpu, cuda:0 or another card, or meta\n");
        assertThat(refusal("base", "folder", "cpu", "int8"))
                .isEqualTo("athanor emit: the type is 'int8', wanted float32, bfloat16 or float16\n");
        assertThat(refusal("base", "folder", "cpu", "float32", "0"))
                .isEqualTo("athanor emit: the rank is '0', wanted a whole number from 1 to 9999\n");
    }

    private static String refusal(String... arguments) {
        StringWriter said = new StringWriter();
        String[] all = Stream.concat(Stream.of("emit"), Stream.of(arguments)).toArray(String[]::new);
        assertThat(DiffusionTools.commandLine()
                        .setErr(new PrintWriter(said, true))
                        .execute(all))
                .isEqualTo(1);
        return said.toString();
    }
}
