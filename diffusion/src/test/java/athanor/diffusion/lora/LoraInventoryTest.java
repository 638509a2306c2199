package athanor.diffusion.lora;

import static athanor.diffusion.program.Torch.variable;
import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.network.CLIPTextModel;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.network.UNet2DConditionModel;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.Signature;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Kohya's default targets in the real models: the counts are those of files in the wild. */
class LoraInventoryTest {

    private static final Map<String, Object> SD1_UNET = Map.of("cross_attention_dim", 768);
    private static final Map<String, Object> SD2_UNET = Map.of(
            "cross_attention_dim", 1024, "attention_head_dim", List.of(5, 10, 20, 20), "use_linear_projection", true);
    private static final Map<String, Object> SDXL_UNET = Map.of(
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
    void sd1Has192LayersInTheUNetAnd72InTheTextEncoder() {
        Set<String> keys = keys(ModelFamily.SD1, SD1_UNET, clip(12, 768));
        assertThat(count(keys, "lora_unet_")).isEqualTo(192);
        assertThat(count(keys, "lora_te_")).isEqualTo(72);
        assertThat(keys)
                .contains(
                        "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q",
                        "lora_unet_up_blocks_3_attentions_2_transformer_blocks_0_ff_net_0_proj",
                        "lora_unet_mid_block_attentions_0_proj_out",
                        "lora_te_text_model_encoder_layers_11_self_attn_out_proj");
    }

    @Test
    void sd2Has192LayersInTheUNetAnd138InTheTextEncoder() {
        Set<String> keys = keys(ModelFamily.SD2, SD2_UNET, clip(23, 1024));
        assertThat(count(keys, "lora_unet_")).isEqualTo(192);
        assertThat(count(keys, "lora_te_")).isEqualTo(138);
    }

    @Test
    void sdxlHas722LayersInTheUNetAnd264InTheTextEncoders() {
        Set<String> keys = keys(ModelFamily.SDXL, SDXL_UNET, clip(12, 768), clip(32, 1280));
        assertThat(count(keys, "lora_unet_")).isEqualTo(722);
        assertThat(count(keys, "lora_te1_")).isEqualTo(72);
        assertThat(count(keys, "lora_te2_")).isEqualTo(192);
        assertThat(keys)
                .contains(
                        "lora_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_q",
                        "lora_unet_middle_block_1_transformer_blocks_9_ff_net_2",
                        "lora_unet_output_blocks_0_1_transformer_blocks_9_attn2_to_out_0",
                        "lora_unet_output_blocks_5_1_proj_in");
    }

    @Test
    void residualBlocksAndSamplersHaveTheirNamesToo() {
        LoraKeys keys = LoraKeys.of(ModelFamily.SDXL, UNetConfig.from(SDXL_UNET));
        assertThat(keys.key("unet/down_blocks.1.resnets.0.conv1")).isEqualTo("lora_unet_input_blocks_4_0_in_layers_2");
        assertThat(keys.key("unet/down_blocks.0.downsamplers.0.conv")).isEqualTo("lora_unet_input_blocks_3_0_op");
        assertThat(keys.key("unet/up_blocks.0.upsamplers.0.conv")).isEqualTo("lora_unet_output_blocks_2_2_conv");
        assertThat(keys.key("unet/up_blocks.2.resnets.2.conv_shortcut"))
                .isEqualTo("lora_unet_output_blocks_8_0_skip_connection");
        assertThat(keys.key("unet/mid_block.resnets.1.time_emb_proj"))
                .isEqualTo("lora_unet_middle_block_2_emb_layers_1");
        assertThat(keys.key("unet/add_embedding.linear_2")).isEqualTo("lora_unet_label_emb_0_2");
    }

    private static Map<String, Object> clip(int layers, int width) {
        return Map.of("num_hidden_layers", layers, "hidden_size", width, "intermediate_size", 4 * width);
    }

    @SafeVarargs
    private static Set<String> keys(ModelFamily family, Map<String, Object> unet, Map<String, Object>... encoders) {
        UNetConfig config = UNetConfig.from(unet);
        EmittedProgram program = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        LoraPlan everything = LoraPlan.ofAnyRank(layer -> true);
        boolean xl = family == ModelFamily.SDXL;
        new UNet2DConditionModel(config)
                .forward(
                        program.begin(Signature.of("unet"), "unet/", everything),
                        variable("x"),
                        variable("t"),
                        variable("c"),
                        xl ? variable("p") : null,
                        xl ? variable("i") : null);
        for (int i = 0; i < encoders.length; i++) {
            String network = i == 0 ? "text_encoder/" : "text_encoder_2/";
            new CLIPTextModel(TextEncoderConfig.from(encoders[i]))
                    .forward(program.begin(Signature.of("text" + i), network, everything), variable("ids"));
        }
        LoraKeys keys = LoraKeys.of(family, config);
        List<String> layers = program.loras().names().stream()
                .filter(name -> name.endsWith(".lora_down.weight"))
                .map(name -> name.substring(0, name.length() - ".lora_down.weight".length()))
                .filter(name -> name.contains(".attentions.") || name.contains("self_attn") || name.contains(".mlp."))
                .toList();
        Stream<String> written = layers.stream().map(keys::key);
        Set<String> unique = new HashSet<>(written.toList());
        assertThat(unique).hasSameSizeAs(layers);
        return unique;
    }

    private static long count(Set<String> keys, String prefix) {
        return keys.stream().filter(key -> key.startsWith(prefix)).count();
    }
}
