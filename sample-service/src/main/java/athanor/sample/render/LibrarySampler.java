package athanor.sample.render;

import athanor.diffusion.sampler.SamplerName;

/** The samplers of recipes and requests in the library's words. */
final class LibrarySampler {

    private LibrarySampler() {}

    static SamplerName of(athanor.contracts.recipe.SamplerName wished) {
        return switch (wished) {
            case DDIM -> SamplerName.DDIM;
            case EULER -> SamplerName.EULER;
            case EULER_ANCESTRAL -> SamplerName.EULER_ANCESTRAL;
            case DPMPP_2M -> SamplerName.DPMPP_2M;
            case DPMPP_2M_KARRAS -> SamplerName.DPMPP_2M_KARRAS;
        };
    }
}
