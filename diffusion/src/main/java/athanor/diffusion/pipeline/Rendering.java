package athanor.diffusion.pipeline;

import java.util.List;

/**
 * What came of a request.
 *
 * @param pictures in the order of the request
 * @param warnings sentences for the one who asked, for example that a prompt was too long
 */
public record Rendering(List<RenderedPicture> pictures, List<String> warnings) {

    public Rendering {
        pictures = List.copyOf(pictures);
        warnings = List.copyOf(warnings);
    }
}
