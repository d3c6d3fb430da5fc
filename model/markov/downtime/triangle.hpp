// A row times the inverse of a matrix with something added to its diagonal, times a column: for many additions.
#pragma once

#include <complex>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace nines::markov {

class Triangle {
 public:
  using Complex = std::complex<double>;

  // `matrix` row by row, `left`.size() squared. Nothing when it has no Schur form.
  [[nodiscard]] static std::optional<Triangle> of(std::vector<Complex> matrix, std::span<const Complex> left,
                                                  std::span<const Complex> right);
  Triangle(Triangle&&) noexcept;
  Triangle& operator=(Triangle&&) noexcept;
  ~Triangle();

  // By theta: left (matrix + theta)^-1 right.
  [[nodiscard]] std::vector<Complex> operator()(std::span<const Complex> thetas) const;

  // Theta times that, for a theta beyond all bounds: left right.
  [[nodiscard]] Complex far_out() const;

  // Multiplications that of() takes, about.
  [[nodiscard]] static double work(std::size_t rows);

 private:
  struct Form;
  explicit Triangle(std::unique_ptr<Form> form);

  std::unique_ptr<Form> form_;
};

}  // namespace nines::markov
