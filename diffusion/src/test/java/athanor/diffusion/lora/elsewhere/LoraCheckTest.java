package athanor.diffusion.lora.elsewhere;

import static athanor.diffusion.program.Torch.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.lora.LoraKeys;
import athanor.diffusion.lora.LoraLayer;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.network.CLIPTextModel;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.network.UNet2DConditionModel;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.LoraDropout;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.program.Signature;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.FloatTensor;
import athanor.diffusion.training.Targets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of LoRAs of the real models' shapes, of every kind of layer that can be adapted, in four programs' key maps. */
class LoraCheckTest {

    private static final List<String> EVERYWHERE =
            List.of("kohya's sd-scripts", "diffusers", "ComfyUI", "AUTOMATIC1111's web UI");

    private static final Map<ModelFamily, Map<String, Object>> UNETS = Map.of(
            ModelFamily.SD1,
            Map.of("cross_attention_dim", 768),
            ModelFamily.SD2,
            Map.of(
                    "cross_attention_dim",
                    1024,
                    "attention_head_dim",
                    List.of(5, 10, 20, 20),
                    "use_linear_projection",
                    true),
            ModelFamily.SDXL,
            Map.of(
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
                    "text_time"));

    private static final Map<ModelFamily, List<Map<String, Object>>> ENCODERS = Map.of(
            ModelFamily.SD1, List.of(clip(12, 768)),
            ModelFamily.SD2, List.of(clip(23, 1024)),
            ModelFamily.SDXL, List.of(clip(12, 768), clip(32, 1280)));

    private final List<LoraLayer> layers = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(ModelFamily.class)
    void everyTensorLandsInEveryProgram(ModelFamily family) {
        BaseLayers base = adapted(family);

        LoraCheck check = LoraCheck.of(file(UnaryOperator.identity()), base);

        assertThat(check.faults()).isEmpty();
        assertThat(check.readers()).isEqualTo(EVERYWHERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd1-four-levels", "sd2", "sdxl", "../../../../../tiny-base/models/tiny"})
    void itsOwnLayersOfASmallBaseLandToo(String folder) {
        try (BaseModel base =
                BaseModel.open(Path.of("src/test/resources/parity").resolve(folder))) {
            BaseLayers all = BaseLayers.of(base);
            LoraKeys keys = LoraKeys.of(base);
            for (String layer : all.all()) {
                if (Targets.WITH_CONVOLUTIONS.predicate(true).test(layer)) {
                    layers.add(layer(keys.key(layer), all.sides(layer)));
                }
            }

            LoraCheck check = LoraCheck.of(file(UnaryOperator.identity()), base);

            assertThat(check.faults()).isEmpty();
            assertThat(check.readers()).isEqualTo(EVERYWHERE);
        }
    }

    /** As diffusers' own converter writes XL: the upsampler's number is lost in the web UI, the rest is found. */
    @Test
    void saysWhichProgramWouldPassOverWhat() {
        BaseLayers base = adapted(ModelFamily.SDXL);

        LoraCheck check = LoraCheck.of(
                file(key -> key.replace("lora_unet_output_blocks_2_2_conv", "lora_unet_up_blocks_0_upsamplers_0_conv")),
                base);

        assertThat(check.readers()).containsExactly("diffusers", "ComfyUI");
        assertThat(check.faults())
                .contains(
                        "AUTOMATIC1111's web UI would not use all of the LoRA: it has no layer for lora_unet_up_blocks_0_upsamplers_0_conv");
    }

    @Test
    void aLayerOfAnotherBaseIsAFault() {
        BaseLayers base = adapted(ModelFamily.SD1);
        layers.set(0, layer(layers.get(0).key(), new BaseLayers.Sides(7, 9)));

        LoraCheck check = LoraCheck.of(file(UnaryOperator.identity()), base);

        assertThat(check.readers()).isEmpty();
        assertThat(check.faults()).hasSize(4).allMatch(fault -> fault.contains("maps 7 to 9 numbers, its layer"));
    }

    @Test
    void theWebUiWantsTheAttentionOfOpenClipWhole() {
        BaseLayers base = adapted(ModelFamily.SD2);
        layers.removeIf(layer -> layer.key().equals("lora_te_text_model_encoder_layers_3_self_attn_k_proj"));

        LoraCheck check = LoraCheck.of(file(UnaryOperator.identity()), base);

        assertThat(check.faults())
                .containsExactly("AUTOMATIC1111's web UI would not use all of the LoRA: of"
                        + " model_transformer_resblocks_3_attn it wants q, k and v together, found 2 of them");
    }

    @Test
    void halfAFileIsNone() {
        BaseLayers base = adapted(ModelFamily.SD1);
        byte[] whole = file(UnaryOperator.identity());

        LoraCheck check = LoraCheck.of(Arrays.copyOf(whole, whole.length / 2), base);

        assertThat(check.readers()).isEmpty();
        assertThat(check.faults()).hasSize(1);
    }

    @Test
    void theChangeIsTheNormOfTheProductTimesTheScale() {
        LoraLayer layer = new LoraLayer(
                "x",
                new FloatTensor(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}),
                new FloatTensor(new long[] {2, 2}, new float[] {1, -1, 0.5f, 2}),
                1);

        // B A = [[-3, -3, -3], [8.5, 11, 13.5]], times alpha / rank = 1/2
        assertThat(layer.changeNorm()).isCloseTo(0.5 * Math.sqrt(27 + 72.25 + 121 + 182.25), within(1e-9));
        assertThat(LoraCheck.block("unet/down_blocks.1.attentions.0.proj_in")).isEqualTo("unet/down_blocks.1");
        assertThat(LoraCheck.block("unet/mid_block.attentions.0.proj_in")).isEqualTo("unet/mid_block");
        assertThat(LoraCheck.block("text_encoder_2/text_model.encoder.layers.0.mlp.fc1"))
                .isEqualTo("text_encoder_2");
    }

    private BaseLayers adapted(ModelFamily family) {
        UNetConfig config = UNetConfig.from(UNETS.get(family));
        EmittedProgram program = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        LoraPlan plan = new LoraPlan(Targets.WITH_CONVOLUTIONS.predicate(true), 1, 1, LoraDropout.OFF);
        boolean xl = family == ModelFamily.SDXL;
        new UNet2DConditionModel(config)
                .forward(
                        program.begin(Signature.of("unet"), "unet/", plan),
                        variable("x"),
                        variable("t"),
                        variable("c"),
                        xl ? variable("p") : null,
                        xl ? variable("i") : null);
        for (int i = 0; i < ENCODERS.get(family).size(); i++) {
            new CLIPTextModel(TextEncoderConfig.from(ENCODERS.get(family).get(i)))
                    .forward(
                            program.begin(Signature.of("text" + i), i == 0 ? "text_encoder/" : "text_encoder_2/", plan),
                            variable("ids"));
        }
        Map<String, BaseLayers.Sides> sides = new HashMap<>();
        LoraKeys keys = LoraKeys.of(family, config);
        ParameterTable table = program.loras();
        for (int i = 0; i < table.names().size(); i += 2) {
            String down = table.names().get(i);
            String layer = down.substring(0, down.length() - ".lora_down.weight".length());
            BaseLayers.Sides of = new BaseLayers.Sides(
                    table.elements(down), table.elements(table.names().get(i + 1)));
            sides.put(layer, of);
            layers.add(layer(keys.key(layer), of));
        }
        return BaseLayers.of(family, config, sides);
    }

    private static LoraLayer layer(String key, BaseLayers.Sides sides) {
        return new LoraLayer(
                key,
                new FloatTensor(new long[] {1, sides.in()}, new float[(int) sides.in()]),
                new FloatTensor(new long[] {sides.out(), 1}, new float[(int) sides.out()]),
                1);
    }

    private byte[] file(UnaryOperator<String> names) {
        return LoraFile.of(
                        layers.stream()
                                .map(layer -> new LoraLayer(
                                        names.apply(layer.key()), layer.down(), layer.up(), layer.alpha()))
                                .toList(),
                        Map.of())
                .toBytes(Dtype.F16);
    }

    private static Map<String, Object> clip(int layers, int width) {
        return Map.of("num_hidden_layers", layers, "hidden_size", width, "intermediate_size", 4 * width);
    }
}
