package io.switchboard.conversations;

import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestChannels;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** A test that plays the engine itself: nothing is claimed or sent but by the test. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SwitchboardTest
@TestPropertySource(properties = "switchboard.engine.enabled=false")
@Import({TestChannels.class, Desk.class, FakeGateway.class, FakeAttachments.class, FakeTemplates.class})
@interface EngineTest {}
