/** JSON of headers, configurations and vocabularies, read strictly because strangers wrote it. */
@org.jspecify.annotations.NullMarked
package athanor.diffusion.json;
