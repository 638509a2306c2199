package athanor.diffusion.sampler;

import athanor.diffusion.schedule.SchedulerConfig;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The samplers that can be asked for, each equal to the diffusers class named beside it. */
public enum SamplerName {
    /** {@code DDIMScheduler} with eta 0. */
    DDIM("ddim") {
        @Override
        public Sampler of(SchedulerConfig config) {
            return new DdimSampler(config);
        }
    },
    /** {@code EulerDiscreteScheduler}. */
    EULER("euler") {
        @Override
        public Sampler of(SchedulerConfig config) {
            return new EulerSampler(config);
        }
    },
    /** {@code EulerAncestralDiscreteScheduler}: adds fresh noise in every step. */
    EULER_ANCESTRAL("euler_a") {
        @Override
        public Sampler of(SchedulerConfig config) {
            return new EulerAncestralSampler(config);
        }
    },
    /** {@code DPMSolverMultistepScheduler}, with the sigmas that the base's file asks for. */
    DPMPP_2M("dpmpp_2m") {
        @Override
        public Sampler of(SchedulerConfig config) {
            return new DpmSolverMultistepSampler(config, config.sigmas().karras());
        }
    },
    /** {@code DPMSolverMultistepScheduler} with {@code use_karras_sigmas}. */
    DPMPP_2M_KARRAS("dpmpp_2m_karras") {
        @Override
        public Sampler of(SchedulerConfig config) {
            return new DpmSolverMultistepSampler(config, true);
        }
    };

    private final String shortName;

    SamplerName(String shortName) {
        this.shortName = shortName;
    }

    /** The sampler for a base. */
    public abstract Sampler of(SchedulerConfig config);

    /** The name that the common web UIs and the reference interface use. */
    public String shortName() {
        return shortName;
    }

    /** @param name a short name or an enum name, in any case */
    public static SamplerName named(String name) {
        return Arrays.stream(values())
                .filter(sampler -> sampler.shortName.equals(name.toLowerCase(Locale.ROOT))
                        || sampler.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no sampler '%s'; there are %s"
                        .formatted(
                                name,
                                Arrays.stream(values())
                                        .map(SamplerName::shortName)
                                        .collect(Collectors.joining(", ")))));
    }
}
