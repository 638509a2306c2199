package athanor.diffusion.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.BaseModelException;
import athanor.diffusion.model.BaseModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations that do not fit the weights: a sentence, or a base that runs; never an error from inside libtorch. */
class DamagedConfigurationTest {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final List<String> OTHERS = List.of("0", "-1", "3", "1000000", "3000000000", "0.5");

    @TempDir
    Path base;

    @ParameterizedTest
    @CsvSource({
        "unet, block_out_channels",
        "unet, layers_per_block",
        "unet, attention_head_dim",
        "unet, cross_attention_dim",
        "unet, norm_num_groups",
        "unet, conv_in_kernel",
        "unet, downsample_padding",
        "unet, in_channels",
        "unet, transformer_layers_per_block",
        "text_encoder, hidden_size",
        "text_encoder, num_hidden_layers",
        "text_encoder, num_attention_heads",
        "text_encoder, max_position_embeddings",
        "text_encoder, eos_token_id",
        "vae, block_out_channels",
        "vae, layers_per_block",
        "vae, norm_num_groups",
        "vae, latent_channels"
    })
    void aChangedNumberGivesASentenceOrABaseThatRuns(String part, String key) throws IOException {
        copy(Path.of("src/test/resources/parity/sd1"), base);
        Path file = base.resolve(part).resolve("config.json");
        String whole = Files.readString(file);
        Matcher number = NUMBER.matcher(whole);
        assertThat(number.find(whole.indexOf("\"" + key + "\""))).isTrue();
        List<String> answers = new ArrayList<>();
        for (String other : OTHERS) {
            Files.writeString(file, whole.substring(0, number.start()) + other + whole.substring(number.end()));
            answers.add(answer());
        }
        assertThat(answers).contains("refused").isSubsetOf("refused", "runs");
    }

    private String answer() {
        try (BaseModel opened = BaseModel.open(base);
                DiffusionModel model = DiffusionModel.load(opened, ComputeOptions.CPU);
                NDManager scope = model.newScope()) {
            long[][] ids = {{1, 5, 2}};
            TextEmbedding text = model.encode(scope, List.<long[][]>of(ids), LoraSet.none());
            NDArray sample = scope.ones(new Shape(1, opened.unetConfig().inChannels(), 8, 8));
            model.denoise(scope, sample, scope.create(new float[] {7}), text, null, LoraSet.none());
            model.decodeLatent(scope, sample);
            return "runs";
        } catch (BaseModelException refused) {
            return "refused";
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else if (!path.getFileName().toString().matches("(IN|OUT)\\.safetensors")) {
                    Files.copy(path, copy);
                }
            }
        }
    }
}
