package athanor.diffusion.singlefile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The configuration of a UNet read off its tensors: blocks are counted, widths and depths are shapes. Only the number
 * of attention heads leaves no trace; there the convention of the families is followed.
 */
final class LdmUNet {

    /** Heads of SD 1.x, whatever the width. */
    private static final int HEADS = 8;

    /** Channels of a head in SD 2.x and XL. */
    private static final int HEAD_WIDTH = 64;

    private static final int SMALL_HEAD_WIDTH = 16;
    private static final int GROUPS = 32;

    private record Level(int channels, int layers, boolean attention, int depth) {}

    private final Shapes tensors;
    private final Sidecar sidecar;
    private final List<String> assumptions;

    LdmUNet(Shapes tensors, Sidecar sidecar, List<String> assumptions) {
        this.tensors = tensors;
        this.sidecar = sidecar;
        this.assumptions = assumptions;
    }

    /**
     * As {@code unet/config.json} would say it.
     *
     * @param pooledDim width of the pooled text embedding, for XL
     */
    Map<String, Object> config(int pooledDim) {
        List<Level> down = down();
        List<Level> up = up();
        List<Integer> channels = down.stream().map(Level::channels).toList();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("in_channels", tensors.size("input_blocks.0.0.weight", 1));
        config.put("out_channels", tensors.size("out.2.weight", 0));
        config.put("block_out_channels", channels);
        config.put("layers_per_block", down.stream().map(Level::layers).toList());
        config.put("down_block_types", types(down, "CrossAttnDownBlock2D", "DownBlock2D"));
        config.put("up_block_types", types(up, "CrossAttnUpBlock2D", "UpBlock2D"));
        depths(config, down, up);
        config.put("norm_num_groups", groups(channels, "UNet", assumptions));
        String transformer = anyTransformer();
        boolean linear = tensors.of(transformer + ".proj_in.weight").length == 2;
        config.put("use_linear_projection", linear);
        config.put("cross_attention_dim", tensors.size(transformer + ".transformer_blocks.0.attn2.to_k.weight", 1));
        config.put("attention_head_dim", heads(channels, attentionWidths(down, up), linear));
        config.put("time_embedding_dim", tensors.size("time_embed.0.weight", 0));
        if (tensors.has("label_emb.0.0.weight")) {
            int input = tensors.size("label_emb.0.0.weight", 1);
            config.put("addition_embed_type", "text_time");
            config.put("projection_class_embeddings_input_dim", input);
            config.put("addition_time_embed_dim", (input - pooledDim) / 6);
        } else if (linear) {
            config.put("upcast_attention", true); // float16 overflows in the attention of SD 2.1
        }
        return config;
    }

    private List<Level> down() {
        List<Level> levels = new ArrayList<>();
        int layers = 0;
        int block = 1;
        for (; ; block++) {
            String name = "input_blocks." + block + ".0.";
            if (tensors.has(name + "in_layers.2.weight")) {
                layers++;
                continue;
            }
            levels.add(level("input_blocks.", block - layers, layers));
            layers = 0;
            if (!tensors.has(name + "op.weight")) {
                break;
            }
        }
        if (tensors.hasFrom("input_blocks.", block)) {
            String missing =
                    tensors.has("input_blocks." + block + ".0.op.bias") ? ".0.op.weight" : ".0.in_layers.2.weight";
            tensors.of("input_blocks." + block + missing);
        }
        return levels;
    }

    private List<Level> up() {
        List<Level> levels = new ArrayList<>();
        int layers = 0;
        int blocks = tensors.count("output_blocks.", ".0.in_layers.2.weight");
        for (int block = 0; block < blocks; block++) {
            layers++;
            boolean upsamples = tensors.has("output_blocks." + block + ".1.conv.weight")
                    || tensors.has("output_blocks." + block + ".2.conv.weight");
            if (upsamples || block == blocks - 1) {
                levels.add(level("output_blocks.", block + 1 - layers, layers));
                layers = 0;
            }
        }
        return levels;
    }

    private Level level(String prefix, int first, int layers) {
        if (layers == 0) {
            throw tensors.wrong(
                    "found no residual block at %s%d, wanted the UNet of a Stable Diffusion".formatted(prefix, first));
        }
        int channels = tensors.size(prefix + first + ".0.out_layers.3.weight", 0);
        int depth = depth(prefix + first + ".1");
        for (int block = first; block < first + layers; block++) {
            if (depth(prefix + block + ".1") != depth) {
                throw tensors.wrong(
                        "found %d transformer blocks at %s%d and %d at %s%d, wanted as many in the whole level"
                                .formatted(depth, prefix, first, depth(prefix + block + ".1"), prefix, block));
            }
        }
        return new Level(channels, layers, depth > 0, depth);
    }

    private int depth(String transformer) {
        return tensors.count(transformer + ".transformer_blocks.", ".attn2.to_k.weight");
    }

    private void depths(Map<String, Object> config, List<Level> down, List<Level> up) {
        List<Integer> downDepths =
                new ArrayList<>(down.stream().map(l -> Math.max(1, l.depth())).toList());
        int last = down.size() - 1;
        int middle = depth("middle_block.1");
        if (middle == 0) {
            config.put("mid_block_type", "UNetMidBlock2D");
        } else if (!down.get(last).attention()) {
            downDepths.set(last, middle);
        } else if (down.get(last).depth() != middle) {
            throw tensors.wrong("found %d transformer blocks in the middle and %d in the level above, wanted as many"
                    .formatted(middle, down.get(last).depth()));
        }
        config.put("transformer_layers_per_block", downDepths);
        List<Integer> upDepths = up.stream().map(l -> Math.max(1, l.depth())).toList();
        List<Integer> mirrored = new ArrayList<>(downDepths);
        Collections.reverse(mirrored);
        for (int i = 0; i < up.size(); i++) {
            if (up.get(i).attention() && i < mirrored.size() && !upDepths.get(i).equals(mirrored.get(i))) {
                config.put("reverse_transformer_layers_per_block", upDepths);
            }
        }
    }

    private static List<String> types(List<Level> levels, String withAttention, String without) {
        return levels.stream().map(l -> l.attention() ? withAttention : without).toList();
    }

    private String anyTransformer() {
        for (String name : new TreeSet<>(tensors.names())) {
            int end = name.indexOf(".proj_in.weight");
            if (end > 0) {
                return name.substring(0, end);
            }
        }
        throw tensors.wrong("found no transformer in the UNet, wanted one that sees the text");
    }

    /** Channels of every transformer; the middle's are those of the last level. */
    private static List<Integer> attentionWidths(List<Level> down, List<Level> up) {
        List<Integer> widths = new ArrayList<>();
        widths.add(down.get(down.size() - 1).channels());
        Stream.concat(down.stream(), up.stream()).filter(Level::attention).forEach(l -> widths.add(l.channels()));
        return widths;
    }

    private List<Integer> heads(List<Integer> channels, List<Integer> attentionWidths, boolean linear) {
        Integer told = sidecar.integer("num_heads");
        Integer toldWidth = sidecar.integer("num_head_channels");
        if (toldWidth != null && toldWidth > 0) {
            return channels.stream().map(c -> c / toldWidth).toList();
        }
        if (told != null && told > 0) {
            return Collections.nCopies(channels.size(), told);
        }
        if (!linear) {
            return Collections.nCopies(channels.size(), HEADS);
        }
        int width = attentionWidths.stream().allMatch(c -> c % HEAD_WIDTH == 0) ? HEAD_WIDTH : SMALL_HEAD_WIDTH;
        if (width != HEAD_WIDTH) {
            assumptions.add(
                    "The UNet's heads cannot be seen in a single file; %d channels a head are taken. Put %s beside it to say otherwise."
                            .formatted(width, sidecar.hint()));
        }
        return channels.stream().map(c -> Math.max(1, c / width)).toList();
    }

    /** LDM norms over 32 groups, which cannot be seen in the weights either. */
    static int groups(List<Integer> channels, String part, List<String> assumptions) {
        int groups = GROUPS;
        while (groups > 1 && !dividesAll(groups, channels)) {
            groups /= 2;
        }
        if (groups != GROUPS) {
            assumptions.add(
                    "The %s's norm groups cannot be seen in a single file and 32 do not divide %s; %d are taken."
                            .formatted(part, channels, groups));
        }
        return groups;
    }

    private static boolean dividesAll(int groups, List<Integer> channels) {
        return channels.stream().allMatch(c -> c % groups == 0);
    }
}
