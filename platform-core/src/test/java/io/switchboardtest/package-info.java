/** What tests of every module share: a program without edges on a real PostgreSQL. */
package io.switchboardtest;
