/**
 * What is made of the heads in pictures, whoever found them: cut out, taken out of the loss, put on other bodies. Knows pixels and
 * boxes; neither detectors nor services.
 */
@org.jspecify.annotations.NullMarked
package athanor.heads;
