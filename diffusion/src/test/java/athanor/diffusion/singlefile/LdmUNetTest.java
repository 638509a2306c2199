package athanor.diffusion.singlefile;

import static athanor.diffusion.program.Torch.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.network.UNet2DConditionModel;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.Signature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The real models' sizes, told by names and shapes alone. */
class LdmUNetTest {

    private static final Map<String, Object> SD1 = Map.of("cross_attention_dim", 768);
    private static final Map<String, Object> SD2 = Map.of(
            "cross_attention_dim",
            1024,
            "attention_head_dim",
            List.of(5, 10, 20, 20),
            "use_linear_projection",
            true,
            "upcast_attention",
            true);
    private static final Map<String, Object> SDXL = Map.of(
            "block_out_channels",
            List.of(320, 640, 1280),
            "down_block_types",
            List.of("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            "up_block_types",
            List.of("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
            "transformer_layers_per_block",
            List.of(1, 2, 10),
            "attention_head_dim",
            List.of(5, 10, 20),
            "cross_attention_dim",
            2048,
            "use_linear_projection",
            true,
            "addition_embed_type",
            "text_time",
            "addition_time_embed_dim",
            256,
            "projection_class_embeddings_input_dim",
            2816);

    @Test
    void tellsSd1BySizes() {
        assertThat(inferred(SD1, 0)).isEqualTo(UNetConfig.from(SD1));
    }

    @Test
    void tellsSd2BySizes() {
        assertThat(inferred(SD2, 0)).isEqualTo(UNetConfig.from(SD2));
    }

    @Test
    void tellsSdxlBySizes() {
        assertThat(inferred(SDXL, 1280)).isEqualTo(UNetConfig.from(SDXL));
    }

    @Test
    void tellsADistilledModelWithoutAMiddleTransformer() {
        Map<String, Object> distilled = new HashMap<>(SD1);
        distilled.put("mid_block_type", "UNetMidBlock2D");
        distilled.put("layers_per_block", 1);
        assertThat(inferred(distilled, 0)).isEqualTo(UNetConfig.from(distilled));
    }

    @Test
    void refusesLevelsThatAreNotAlike() {
        Map<String, long[]> tensors = tensors(SD1);
        tensors.keySet().removeIf(name -> name.startsWith("input_blocks.2.1."));
        assertThatThrownBy(() -> config(tensors, 0, new ArrayList<>()))
                .isInstanceOf(BaseModelException.class)
                .hasMessageContaining("input_blocks.2");
    }

    private static UNetConfig inferred(Map<String, Object> config, int pooled) {
        List<String> assumptions = new ArrayList<>();
        UNetConfig inferred = config(tensors(config), pooled, assumptions);
        assertThat(assumptions).isEmpty();
        return inferred;
    }

    private static UNetConfig config(Map<String, long[]> tensors, int pooled, List<String> assumptions) {
        Shapes shapes = new Shapes() {
            @Override
            public Set<String> names() {
                return tensors.keySet();
            }

            @Override
            public long[] of(String name) {
                return tensors.get(name);
            }
        };
        Sidecar none = Sidecar.of(Path.of("nowhere", "none.safetensors"));
        return UNetConfig.from(new LdmUNet(shapes, none, assumptions).config(pooled));
    }

    /** Names and shapes of the model in a checkpoint of the original code. */
    private static Map<String, long[]> tensors(Map<String, Object> json) {
        UNetConfig config = UNetConfig.from(json);
        EmittedProgram program = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        Emitter emitter = program.begin(Signature.of("unet"), "", LoraPlan.NONE);
        boolean xl = config.textTime() != null;
        new UNet2DConditionModel(config)
                .forward(
                        emitter,
                        variable("x"),
                        variable("t"),
                        variable("c"),
                        xl ? variable("p") : null,
                        xl ? variable("i") : null);
        LdmNames names = LdmNames.of(config);
        Map<String, long[]> tensors = new HashMap<>();
        for (String name : program.weights().names()) {
            String ldm = names.toLdm(name);
            assertThat(ldm).as(name).isNotNull();
            assertThat(names.toDiffusers(ldm)).isEqualTo(name);
            tensors.put(
                    ldm,
                    Arrays.stream(program.weights().shape(name)).asLongStream().toArray());
        }
        assertThat(tensors).hasSize(program.weights().size());
        return tensors;
    }
}
