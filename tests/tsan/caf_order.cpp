// The parts of libcaf that order one thread's work before another's, for
// ThreadSanitizer: libcaf is not instrumented, so that neither its reference
// counts nor its mailboxes would be seen. These definitions take the place of
// libcaf's own in the whole program, and do the same.
#include <caf/actor_control_block.hpp>
#include <caf/blocking_actor.hpp>
#include <caf/detail/behavior_impl.hpp>
#include <caf/mailbox_element.hpp>
#include <caf/ref_counted.hpp>
#include <caf/scheduled_actor.hpp>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

/// Memory that libraries without instrumentation touch is not judged.
extern "C" const char* __tsan_default_options() {
  return "ignore_noninstrumented_modules=1";
}

namespace {

/// Returns the address of the whole object, whichever of its bases is given.
template <class T>
__attribute__((no_sanitize("thread"))) void* whole(const T& object) {
  return const_cast<void*>(dynamic_cast<const void*>(&object));
}

/// Notes that a message is sent: all that was done before comes before all that
/// its receiver does.
__attribute__((no_sanitize("thread"))) void sent(caf::mailbox_element& what) {
  __tsan_release(whole(what));
  __tsan_release(whole(what.content()));
}

/// Returns libcaf's own function of that name.
template <class Function>
Function* original(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

template <class Actor>
using enqueue_function = void(Actor*, caf::mailbox_element_ptr,
                              caf::execution_unit*);

} // namespace

namespace caf {

void ref_counted::deref() const noexcept {
  const auto is_last = rc_.load() == 1;
  if (is_last || rc_.fetch_sub(1) == 1)
    request_deletion(!is_last);
}

void memory_managed::request_deletion(bool) const noexcept {
  __tsan_acquire(whole(*this));
  delete this;
}

void intrusive_ptr_release_weak(actor_control_block* x) {
  if (x->weak_refs.load() == 1 || x->weak_refs.fetch_sub(1) == 1)
    x->block_dtor(x);
}

void intrusive_ptr_release(actor_control_block* x) {
  if (x->strong_refs.fetch_sub(1) != 1)
    return;
  x->data_dtor(x->get());
  intrusive_ptr_release_weak(x);
}

void scheduled_actor::launch(execution_unit* unit, bool lazy, bool hide) {
  static const auto next =
    original<void(scheduled_actor*, execution_unit*, bool, bool)>(
      "_ZN3caf15scheduled_actor6launchEPNS_14execution_unitEbb");
  __tsan_release(this);
  next(this, unit, lazy, hide);
}

void scheduled_actor::enqueue(mailbox_element_ptr what, execution_unit* unit) {
  static const auto next = original<enqueue_function<scheduled_actor>>(
    "_ZN3caf15scheduled_actor7enqueueESt10unique_ptrINS_15mailbox_elementENS_"
    "6detail8disposerEEPNS_14execution_unitE");
  sent(*what);
  __tsan_release(this);
  next(this, std::move(what), unit);
}

resumable::resume_result scheduled_actor::resume(execution_unit* unit,
                                                 size_t throughput) {
  static const auto next = original<resumable::resume_result(
    scheduled_actor*, execution_unit*, size_t)>(
    "_ZN3caf15scheduled_actor6resumeEPNS_14execution_unitEm");
  __tsan_acquire(this);
  const auto result = next(this, unit, throughput);
  __tsan_release(this);
  return result;
}

invoke_message_result scheduled_actor::consume(mailbox_element& what) {
  static const auto next =
    original<invoke_message_result(scheduled_actor*, mailbox_element&)>(
      "_ZN3caf15scheduled_actor7consumeERNS_15mailbox_elementE");
  const auto result = next(this, what);
  // Once `resume` has found the mailbox empty, another thread may resume.
  __tsan_release(this);
  return result;
}

void blocking_actor::enqueue(mailbox_element_ptr what, execution_unit* unit) {
  static const auto next = original<enqueue_function<blocking_actor>>(
    "_ZN3caf14blocking_actor7enqueueESt10unique_ptrINS_15mailbox_elementENS_"
    "6detail8disposerEEPNS_14execution_unitE");
  sent(*what);
  next(this, std::move(what), unit);
}

bool type_erased_tuple::matches(size_t position, uint16_t number,
                                const std::type_info* type) const noexcept {
  static const auto next = original<bool(const type_erased_tuple*, size_t,
                                         uint16_t, const std::type_info*)>(
    "_ZNK3caf17type_erased_tuple7matchesEmtPKSt9type_info");
  __tsan_acquire(whole(*this));
  return next(this, position, number, type);
}

namespace detail {

match_case::result behavior_impl::invoke(invoke_result_visitor& visitor,
                                         type_erased_tuple& content) {
  static const auto next = original<match_case::result(
    behavior_impl*, invoke_result_visitor&, type_erased_tuple&)>(
    "_ZN3caf6detail13behavior_impl6invokeERNS0_21invoke_result_visitorERNS_"
    "17type_erased_tupleE");
  __tsan_acquire(whole(content));
  return next(this, visitor, content);
}

} // namespace detail

} // namespace caf
